#include "output/printer.h"

#include <gtest/gtest.h>

#include "tests/unit/output/captured_streams.h"

namespace podreg::output {
namespace {

// Pods by name; several may have the same.
class PodListing : public Listing {
 public:
  std::vector<std::string> pods;
  std::vector<core::Warning> left_out;

  std::string_view kind() const override { return "PodList"; }
  std::size_t size() const override { return pods.size(); }
  std::vector<Column> columns() const override { return {{"NODE", true}, {"POD"}}; }
  std::string cell(std::size_t item, std::size_t column, Detail detail) const override {
    if (column == 0) return "node-1";
    return pods[item] + (detail == Detail::wide ? ".long" : "");
  }
  void write_item(std::size_t item, Emitter& emitter) const override {
    emitter.begin_object();
    emitter.field("pod", pods[item]);
    emitter.end_object();
  }
  std::string name(std::size_t item) const override { return "pod/" + pods[item]; }
  std::string identity(std::size_t item) const override { return name(item); }
  const std::vector<core::Warning>& warnings() const override { return left_out; }
  std::string nothing_found() const override { return "No pods found"; }
};

core::Warning pod_without_metadata(const std::string& pod) {
  return {core::WarningCode::pod_without_metadata, "demo", "shop", "10.0.0.9", pod, ""};
}

PodListing three_pods() {
  PodListing listing;
  listing.pods = {"a", "b", "b"};
  listing.left_out = {pod_without_metadata("c"), pod_without_metadata("d")};
  return listing;
}

struct Printed {
  std::string out;
  std::string err;
};

Printed printed(const Listing& listing, const PrintOptions& options) {
  CapturedStreams captured;
  Printer(captured.streams, options).print(listing);
  return {captured.out.text(), captured.err.text()};
}

constexpr const char* kWarning =
    "warning: 2 pods of Service \"demo/shop\" are ready but not registered: their annotation "
    "io.dubbo/metadata is absent or empty; a Dubbo consumer leaves them out: c, d\n";

TEST(Printer, TableHasRowsOnStandardOutputAndGroupedWarningsBesideIt) {
  const auto [out, err] = printed(three_pods(), {});
  EXPECT_EQ(out, "POD\na\nb\nb\n");
  EXPECT_EQ(err, kWarning);
}

TEST(Printer, WideTableHasMoreColumnsAndLongerCells) {
  EXPECT_EQ(printed(three_pods(), {.format = Format::wide}).out,
            "NODE     POD\nnode-1   a.long\nnode-1   b.long\nnode-1   b.long\n");
}

TEST(Printer, TitlesCanBeLeftOut) {
  EXPECT_EQ(printed(three_pods(), {.headers = false}).out, "a\nb\nb\n");
}

TEST(Printer, QuietSaysNothingBesideTheResult) {
  EXPECT_EQ(printed(three_pods(), {.quiet = true}).err, "");
  EXPECT_EQ(printed(PodListing(), {.quiet = true}).err, "");
}

TEST(Printer, JsonHasTheWarningsInFullAndSaysNothingBesideIt) {
  PodListing listing;
  listing.pods = {"a"};
  listing.left_out = {pod_without_metadata("c")};
  const auto [out, err] = printed(listing, {.format = Format::json});
  EXPECT_EQ(out, R"({
    "apiVersion": "podreg/v1",
    "kind": "PodList",
    "items": [
        {
            "pod": "a"
        }
    ],
    "warnings": [
        {
            "code": "PodWithoutMetadata",
            "message": "pod \"c\" of Service \"demo/shop\" is ready but not registered: its annotation io.dubbo/metadata is absent or empty; a Dubbo consumer leaves it out",
            "host": "10.0.0.9",
            "pod": "c",
            "service": "shop",
            "namespace": "demo"
        }
    ]
}
)");
  EXPECT_EQ(err, "");
}

TEST(Printer, YamlIsTheSameDocument) {
  PodListing listing;
  listing.pods = {"a"};
  const auto [out, err] = printed(listing, {.format = Format::yaml});
  EXPECT_EQ(out, "apiVersion: podreg/v1\nkind: PodList\nitems:\n  - pod: a\nwarnings: []\n");
  EXPECT_EQ(err, "");
}

TEST(Printer, JsonLinesHaveOneItemEachAndWarningsBesideThem) {
  const auto [out, err] = printed(three_pods(), {.format = Format::jsonl});
  EXPECT_EQ(out, "{\"pod\":\"a\"}\n{\"pod\":\"b\"}\n{\"pod\":\"b\"}\n");
  EXPECT_EQ(err, kWarning);
}

TEST(Printer, NamesArePrintedOnceEach) {
  EXPECT_EQ(printed(three_pods(), {.format = Format::name}).out, "pod/a\npod/b\n");
}

TEST(Printer, AnEmptyListIsASentenceBesideAnEmptyResult) {
  for (const Format format : {Format::table, Format::wide, Format::jsonl, Format::name}) {
    const auto [out, err] = printed(PodListing(), {.format = format});
    EXPECT_EQ(out, "");
    EXPECT_EQ(err, "No pods found\n");
  }
}

TEST(Printer, AnEmptyListIsAnEmptyListInDocuments) {
  const auto json = printed(PodListing(), {.format = Format::json});
  EXPECT_EQ(json.out,
            "{\n    \"apiVersion\": \"podreg/v1\",\n    \"kind\": \"PodList\",\n"
            "    \"items\": [],\n    \"warnings\": []\n}\n");
  EXPECT_EQ(json.err, "");
  EXPECT_EQ(printed(PodListing(), {.format = Format::yaml}).out,
            "apiVersion: podreg/v1\nkind: PodList\nitems: []\nwarnings: []\n");
}

TEST(Printer, ColoursEachStreamThatIsATerminal) {
  CapturedStreams captured;
  captured.streams.err_is_terminal = true;
  Printer(captured.streams, {}).print(three_pods());
  EXPECT_EQ(captured.out.text(), "POD\na\nb\nb\n");
  EXPECT_EQ(captured.err.text().find("\x1b[33mwarning:\x1b[0m 2 pods"), 0U);
}

TEST(Printer, TextFromTheClusterIsEscapedInEveryFormat) {
  PodListing listing;
  listing.pods = {"a\x1b[31m\u202e\u202c"};
  listing.left_out = {pod_without_metadata("x\x1b[0m")};
  for (const Format format :
       {Format::table, Format::wide, Format::json, Format::jsonl, Format::yaml, Format::name}) {
    const auto [out, err] = printed(listing, {.format = format});
    EXPECT_EQ((out + err).find('\x1b'), std::string::npos);
    EXPECT_EQ((out + err).find("\xe2\x80"), std::string::npos);
  }
}

// Records the order of what is written and flushed where.
class OrderSink : public core::TextSink {
 public:
  OrderSink(std::string name, std::string& order) : name_(std::move(name)), order_(order) {}
  void write(std::string_view) override { order_ += name_ + " "; }
  void flush() override { order_ += name_ + "-flush "; }

 private:
  std::string name_;
  std::string& order_;
};

TEST(Printer, TheResultIsFlushedBeforeWarnings) {
  std::string order;
  OrderSink out("out", order);
  OrderSink err("err", order);
  const core::Streams streams{out, err};
  Printer(streams, {}).print(three_pods());
  EXPECT_EQ(order, "out out-flush err err-flush ");
}

}  // namespace
}  // namespace podreg::output
