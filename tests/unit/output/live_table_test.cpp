#include "output/live_table.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "tests/support/fake_registry_watch.h"

namespace podreg::output {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::shown_service;
using tests::ShownPod;

class LiveTableTest : public testing::Test {
 protected:
  void take(const std::vector<ShownPod>& pods, std::int64_t time = 0) {
    const core::RegistryPicture now = {core::picture_of(shown_service(pods).watched())};
    table_.take(core::changes_between(before_, now), now, time);
    before_ = now;
  }

  // The lines of a frame, without what moves the cursor.
  std::vector<std::string> lines(const ScreenSize& size) const {
    std::string frame = table_.frame(size);
    std::vector<std::string> lines(1);
    for (std::size_t i = 0; i < frame.size(); ++i) {
      if (frame[i] == '\x1b') {
        while (!std::isalpha(static_cast<unsigned char>(frame[i]))) ++i;
      } else if (frame[i] == '\n') {
        lines.emplace_back();
      } else if (frame[i] != '\r') {
        lines.back() += frame[i];
      }
    }
    return lines;
  }
  std::string text(const ScreenSize& size = {200, 40}) const {
    std::string all;
    for (const auto& line : lines(size)) all += line + "\n";
    return all;
  }

  LiveTable table_{"shop", {}, {}, false};
  core::RegistryPicture before_;
};

std::vector<ShownPod> many_pods(int count) {
  std::vector<ShownPod> pods;
  for (int i = 0; i < count; ++i)
    pods.push_back({"pod-" + std::to_string(i), "10.0.0." + std::to_string(i + 1)});
  return pods;
}

TEST(LiveTable, RefusesATitleThatItDoesNotHaveBeforeAnythingIsShown) {
  EXPECT_THROW(LiveTable("shop", {}, {.columns = {"namespace"}}, false), core::Error);
  EXPECT_NO_THROW(LiveTable("shop", {.show_namespace = true}, {.columns = {"namespace"}}, false));
}

TEST_F(LiveTableTest, ShowsWhatThereIsAndWhatHappened) {
  take(many_pods(2));
  EXPECT_THAT(text(), AllOf(HasSubstr("shop   2 instances"), HasSubstr("10.0.0.2:20880"),
                            Not(HasSubstr("ADDED"))));

  take(many_pods(3), 3'600'000);
  EXPECT_THAT(text(), AllOf(HasSubstr("3 instances"), HasSubstr("ADDED 01:00:00Z\n"),
                            HasSubstr("01:00:00Z ADDED 10.0.0.3:20880 pod-2")));

  take(many_pods(2), 7'200'000);
  EXPECT_THAT(text(), AllOf(HasSubstr("2 instances"), HasSubstr("02:00:00Z DELETED 10.0.0.3:20880"),
                            Not(HasSubstr("ADDED 01:00:00Z\n"))));
}

TEST_F(LiveTableTest, ShowsWarningsAsLongAsTheyHold) {
  take({{"a", "10.0.0.1", "", true}});
  EXPECT_THAT(text(), HasSubstr("warning: pod \"a\""));
  take(many_pods(1));
  EXPECT_THAT(text(), Not(HasSubstr("warning: pod \"a\"")));
}

TEST_F(LiveTableTest, ShowsTroubleAsLongAsItLasts) {
  take(many_pods(1));
  table_.trouble("the server\x1b[31m is gone");
  EXPECT_THAT(text(), HasSubstr(R"(warning: the server\u001b[31m is gone)"));
  table_.trouble("");
  EXPECT_THAT(text(), Not(HasSubstr("gone")));
}

TEST_F(LiveTableTest, NeverHasMoreLinesThanTheScreen) {
  for (const int pods : {0, 1, 3, 50}) {
    take(many_pods(pods));
    take({});
    take(many_pods(pods));
    table_.trouble("x");
    for (std::size_t rows = 1; rows < 30; ++rows) {
      EXPECT_LE(lines({80, rows}).size(), rows) << pods;
    }
  }
}

TEST_F(LiveTableTest, CountsWhatDoesNotFit) {
  take(many_pods(50));
  EXPECT_THAT(text({80, 10}), HasSubstr("… and 43 more instances"));
}

TEST_F(LiveTableTest, CutsLinesToTheWidthOfTheScreen) {
  take({{"一二三四五六七八九十", "10.0.0.1"}});
  for (const auto& line : lines({30, 20})) EXPECT_LE(line.size(), 60U) << line;
  EXPECT_THAT(text({18, 20}), Not(HasSubstr("一")));
}

}  // namespace
}  // namespace podreg::output
