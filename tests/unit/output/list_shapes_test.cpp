// What the user may write about a list: custom columns, Markdown, --columns, --sort-by.

#include <gtest/gtest.h>

#include "core/error.h"
#include "output/natural_order.h"
#include "output/printer.h"
#include "tests/unit/output/captured_streams.h"

namespace podreg::output {
namespace {

struct Pod {
  std::string name;
  std::int64_t port = 0;
  std::string zone = {};  // empty: none
};

class PodListing : public Listing {
 public:
  explicit PodListing(std::vector<Pod> pods) : pods_(std::move(pods)) {}

  std::string_view kind() const override { return "PodList"; }
  std::size_t size() const override { return pods_.size(); }
  // Each pod has two rows.
  std::size_t rows() const override { return 2 * pods_.size(); }
  std::size_t item_of(std::size_t row) const override { return row / 2; }
  std::vector<Column> columns() const override {
    return {{"POD"}, {"PORT", false, true}, {"ROW", true}};
  }
  std::string cell(std::size_t row, std::size_t column, Detail /*detail*/) const override {
    const Pod& pod = pods_[row / 2];
    if (column == 0) return pod.name;
    return column == 1 ? std::to_string(pod.port) : row % 2 == 0 ? "a" : "b";
  }
  void write_item(std::size_t item, Emitter& emitter) const override {
    emitter.begin_object();
    emitter.field("pod", pods_[item].name);
    emitter.field("port", pods_[item].port);
    if (!pods_[item].zone.empty()) emitter.field("zone", pods_[item].zone);
    emitter.field("protocols", std::vector<std::string>{"dubbo", "tri"});
    emitter.end_object();
  }
  void write_fields(Emitter& emitter) const override { emitter.field("more", "yes"); }
  std::string name(std::size_t item) const override { return "pod/" + pods_[item].name; }
  std::string identity(std::size_t item) const override { return name(item); }
  const std::vector<core::Warning>& warnings() const override { return warnings_; }
  std::string nothing_found() const override { return "No pods found"; }

 private:
  std::vector<Pod> pods_;
  std::vector<core::Warning> warnings_;
};

PodListing pods() {
  return PodListing({{"shop-10", 9, "z1"}, {"shop-9", 10}, {"shop-1", 9, "z0"}});
}

std::string printed(const Listing& listing, const PrintOptions& options) {
  CapturedStreams captured;
  Printer(captured.streams, options).print(listing);
  return captured.out.text();
}

std::string sorted(const char* path, PrintOptions options = {.format = Format::name}) {
  options.sort_by = relaxed_jsonpath(path);
  return printed(pods(), options);
}

template <typename Work>
core::Error error_of(Work work) {
  try {
    work();
  } catch (const core::Error& error) {
    return error;
  }
  return {core::ErrorKind::output, "no error"};
}

std::string custom(const char* columns, const Listing& listing = pods()) {
  return printed(
      listing, {.format = Format::custom_columns, .custom_columns = parse_custom_columns(columns)});
}

TEST(CustomColumns, AreATableOfFields) {
  EXPECT_EQ(custom("POD:.pod,ZONE:{.zone},ALL:.protocols[*],FIRST:.protocols[0]"),
            "POD       ZONE     ALL         FIRST\n"
            "shop-10   z1       dubbo,tri   dubbo\n"
            "shop-9    <none>   dubbo,tri   dubbo\n"
            "shop-1    z0       dubbo,tri   dubbo\n");
}

TEST(CustomColumns, KeepCommasInsideOfBrackets) {
  EXPECT_EQ(custom("BOTH:['pod','port']", PodListing({{"a", 1}})), "BOTH\na,1\n");
}

TEST(CustomColumns, NameThePartThatIsNoColumn) {
  for (const char* text : {"POD", "POD:", ":.pod", "A:.pod,B"}) {
    const auto error = error_of([&] { parse_custom_columns(text); });
    EXPECT_EQ(error.kind(), core::ErrorKind::usage) << text;
  }
  EXPECT_STREQ(error_of([] { parse_custom_columns("A:.pod,B"); }).what(),
               "custom-columns: \"B\" is no TITLE:PATH");
}

TEST(Jsonpath, IsAppliedToTheWholeListDocument) {
  EXPECT_EQ(
      printed(pods(), {.format = Format::jsonpath,
                       .jsonpath = JsonPath("{.kind} {.more}{range .items[*]} {.port}{end}")}),
      "PodList yes 9 10 9");
}

TEST(Markdown, EscapesWhatMarkdownWouldTakeForItsOwn) {
  EXPECT_EQ(printed(PodListing({{"a|b*_`<i>&\n", 1}}), {.format = Format::markdown}),
            "| POD | PORT |\n| --- | ---: |\n"
            "| a\\|b\\*\\_\\`&lt;i>&amp;\\\\n | 1 |\n| a\\|b\\*\\_\\`&lt;i>&amp;\\\\n | 1 |\n");
}

TEST(Markdown, IsNothingWithoutRows) {
  EXPECT_EQ(printed(PodListing({}), {.format = Format::markdown}), "");
}

TEST(Columns, AreThoseThatAreNamedInThatOrderAlsoThoseOfAWideTable) {
  const PodListing one({{"a", 1}});
  EXPECT_EQ(printed(one, {.columns = {"row", "Pod"}}), "ROW   POD\na     a\nb     a\n");
  EXPECT_EQ(printed(one, {.format = Format::markdown, .columns = {"PORT"}}),
            "| PORT |\n| ---: |\n| 1 |\n| 1 |\n");
}

TEST(Columns, AnUnknownOneIsAnErrorThatListsThoseThatExist) {
  const auto error = error_of([] { printed(pods(), {.columns = {"PODS"}}); });
  EXPECT_EQ(error.kind(), core::ErrorKind::usage);
  EXPECT_STREQ(error.what(), "--columns: there is no column \"PODS\"; there are POD, PORT, ROW");
  EXPECT_EQ(error.hint(), "did you mean POD?");
}

TEST(SortBy, SortsNumbersBySizeAndKeepsTheOrderOfEqualOnes) {
  EXPECT_EQ(sorted(".port"), "pod/shop-10\npod/shop-1\npod/shop-9\n");
}

TEST(SortBy, SortsTextsInNaturalOrder) {
  EXPECT_EQ(sorted("{.pod}"), "pod/shop-1\npod/shop-9\npod/shop-10\n");
}

TEST(SortBy, PutsThoseWithoutTheFieldFirst) {
  EXPECT_EQ(sorted("zone"), "pod/shop-9\npod/shop-1\npod/shop-10\n");
}

TEST(SortBy, KeepsTheRowsOfAnItemTogether) {
  EXPECT_EQ(sorted(".pod", {.headers = false, .columns = {"POD", "ROW"}}),
            "shop-1    a\nshop-1    b\nshop-9    a\nshop-9    b\nshop-10   a\nshop-10   b\n");
}

TEST(SortBy, KeepsTheFieldsOfTheDocument) {
  EXPECT_NE(sorted(".pod", {.format = Format::json}).find("\"more\": \"yes\""), std::string::npos);
}

TEST(SortBy, AFieldThatNoItemHasIsAnError) {
  EXPECT_STREQ(error_of([] { sorted(".prot"); }).what(),
               "--sort-by: none of the items has {.prot}");
  PrintOptions options;
  options.sort_by = relaxed_jsonpath(".prot");
  EXPECT_EQ(printed(PodListing({}), options), "");
}

TEST(NaturalOrder, CountsDigitsAsNumbers) {
  EXPECT_TRUE(is_naturally_less("10.0.0.9", "10.0.0.10"));
  EXPECT_TRUE(is_naturally_less("a1", "a01"));
  EXPECT_TRUE(is_naturally_less("a1", "aa"));
  EXPECT_TRUE(is_naturally_less("a", "a1"));
  EXPECT_FALSE(is_naturally_less("a1", "a1"));
  EXPECT_FALSE(is_naturally_less("a10b", "a9c"));
}

TEST(Reports, AreOnlyOfListingsOfChecks) {
  for (const Format format : {Format::junit, Format::html}) {
    EXPECT_EQ(error_of([&] { printed(pods(), {.format = format}); }).kind(),
              core::ErrorKind::usage);
  }
}

}  // namespace
}  // namespace podreg::output
