#include "cli/help_topics.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>

#include "cli/command_line.h"
#include "cli/exit_status.h"
#include "cli/exit_status_table.h"
#include "core/error.h"
#include "output/format_names.h"

namespace podreg::cli {
namespace {

using testing::HasSubstr;

std::string topic(const std::string& name) {
  const std::vector<std::string> words = {name};
  return topic_of(words, CommandLine().program());
}

TEST(HelpTopics, FitOnAScreen) {
  for (const auto& one : help_topics()) {
    std::istringstream text(in_text(one));
    int lines = 0;
    for (std::string line; std::getline(text, line); ++lines) EXPECT_LE(line.size(), 80U) << line;
    EXPECT_LE(lines, 24) << one.name;
    EXPECT_GE(lines, 5) << one.name;
  }
}

TEST(HelpTopics, ExitCodesAreThoseOfEveryKindOfError) {
  for (int kind = 0; kind <= static_cast<int>(core::ErrorKind::output); ++kind) {
    const auto status = std::to_string(exit_status(static_cast<core::ErrorKind>(kind)));
    EXPECT_NE(std::ranges::find(exit_status_meanings(), status, &ExitStatusMeaning::status),
              exit_status_meanings().end())
        << status;
    EXPECT_THAT(topic("exit-codes"), HasSubstr("\n  " + status + " "));
  }
}

TEST(HelpTopics, OutputHasEveryFormat) {
  for (const auto& format : output::formats()) {
    EXPECT_THAT(topic("output"), HasSubstr("  " + std::string(format.name) + " "));
  }
}

TEST(HelpTopics, OfACommandOrFlagThereIsNone) {
  EXPECT_EQ(topic("instances"), "");
  EXPECT_EQ(topic("--output"), "");
  EXPECT_EQ(topic_of({}, CommandLine().program()), "");
}

TEST(HelpTopics, AWrongWordGetsTheNearestRightOne) {
  try {
    topic("exit-code");
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::usage);
    EXPECT_STREQ(error.what(), "there is no help about \"exit-code\"");
    EXPECT_EQ(error.hint(), "did you mean exit-codes?");
  }
}

}  // namespace
}  // namespace podreg::cli
