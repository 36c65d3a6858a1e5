#include "output/watch_printer.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "tests/support/fake_registry_watch.h"
#include "tests/support/fake_streams.h"

namespace podreg::output {
namespace {

using tests::shown_service;
using tests::ShownPod;

constexpr std::int64_t kTime = 1'700'000'000'123;  // 2023-11-14T22:13:20.123Z

class WatchPrinterTest : public testing::Test {
 protected:
  void print(Format format, bool quiet = false) const {
    PrintOptions options;
    options.format = format;
    options.quiet = quiet;
    WatchPrinter printer(streams_.streams, options, {});
    core::RegistryPicture before;
    const auto follow = [&](const std::vector<ShownPod>& pods) {
      core::RegistryPicture now = {core::picture_of(shown_service(pods).watched())};
      printer.print(core::changes_between(before, now), kTime);
      before = std::move(now);
    };
    follow({{"a", "10.0.0.1"}, {"b", "10.0.0.2", ""}});
    printer.print(SyncedEvent{1, 1}, kTime);
    follow({{"a", "10.0.0.1", R"({"dubbo.metadata.revision":"r2","w":"5"})"}});
    follow({});
  }

  tests::FakeStreams streams_{false};
};

TEST_F(WatchPrinterTest, ATableGrowsByALineForEachEvent) {
  print(Format::table);
  EXPECT_EQ(streams_.out.text(),
            "EVENT   TIME                   ADDRESS          POD   REVISION   PROTOCOLS   CHANGE\n"
            "ADDED   2023-11-14T22:13:20Z   10.0.0.1:20880   a     r1         <none>\n"
            "SYNCED   2023-11-14T22:13:20Z   1 instance\n"
            "MODIFIED   2023-11-14T22:13:20Z   10.0.0.1:20880   a     r2         <none>      "
            "revision r1 -> r2, w <none> -> 5\n"
            "DELETED    2023-11-14T22:13:20Z   10.0.0.1:20880   a     r2         <none>\n");
  EXPECT_EQ(streams_.err.text(),
            "warning: pod \"b\" of Service \"demo/shop\" is ready but not registered: its "
            "annotation io.dubbo/metadata is absent or empty; a Dubbo consumer leaves it out "
            "(since 2023-11-14T22:13:20Z)\n"
            "cleared: pod \"b\" of Service \"demo/shop\" is ready but not registered: its "
            "annotation io.dubbo/metadata is absent or empty; a Dubbo consumer leaves it out "
            "(until 2023-11-14T22:13:20Z)\n");
}

TEST_F(WatchPrinterTest, QuietMeansNoWarnings) {
  print(Format::table, true);
  EXPECT_EQ(streams_.err.text(), "");
}

TEST_F(WatchPrinterTest, LinesOfJsonHaveTheWarningsToo) {
  print(Format::jsonl);
  EXPECT_EQ(streams_.err.text(), "");
  const std::string instance =
      R"({"serviceName":"shop","namespace":"demo","host":"10.0.0.1","port":20880,"pod":"a",)"
      R"("node":"node-a","revision":"r1","protocols":[],"metadata":{"dubbo.metadata.revision":"r1"}})";
  const std::string begin = R"(","time":"2023-11-14T22:13:20.123Z","object":)";
  const std::string text = streams_.out.text();
  EXPECT_EQ(text.substr(0, text.find('\n')), R"({"type":"ADDED)" + begin + instance + "}");
  EXPECT_THAT(text, testing::HasSubstr(R"({"type":"WARNING)" + begin +
                                       R"({"code":"PodWithoutMetadata","message":)"));
  EXPECT_THAT(text, testing::HasSubstr(R"({"type":"SYNCED)" + begin +
                                       R"({"instances":1,"warnings":1}})"
                                       "\n"));
  EXPECT_THAT(text,
              testing::HasSubstr(
                  R"(,"changes":[{"key":"dubbo.metadata.revision","before":"r1","after":"r2"},)"
                  R"({"key":"w","before":null,"after":"5"}]})"
                  "\n"));
  EXPECT_THAT(text, testing::HasSubstr(R"({"type":"CLEARED)" + begin));
  EXPECT_THAT(text, testing::HasSubstr(R"({"type":"DELETED)" + begin));
}

TEST_F(WatchPrinterTest, NamesAndUrlsAreNoEvents) {
  for (const Format format : {Format::name, Format::url}) {
    try {
      print(format);
      ADD_FAILURE();
    } catch (const core::Error& error) {
      EXPECT_EQ(error.kind(), core::ErrorKind::usage);
    }
  }
}

}  // namespace
}  // namespace podreg::output
