// What `--help` of every command looks like: one screen, within the terminal, with nothing of the
// parser's own notation.
#include "cli/help.h"

#include <gmock/gmock.h>

#include <CLI/CLI.hpp>
#include <sstream>

#include "cli/command_line.h"
#include "cli/command_table.h"
#include "cli/flag_groups.h"
#include "cli/help_page.h"
#include "output/terminal_text.h"
#include "tests/unit/cli/provider_run.h"

namespace podreg::cli {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string help_for(const Command& command) {
  return run_podreg({std::string(command.name), "--help"}).out;
}

std::size_t widest(const std::string& text) {
  std::size_t width = 0;
  for (const auto& line : lines_of(text)) width = std::max(width, output::display_width(line));
  return width;
}

// But for the few that have many flags of their own.
TEST(Help, OfACommandIsOneScreen) {
  std::size_t short_ones = 0;
  for (const Command& command : commands()) {
    const auto lines = lines_of(help_for(command)).size();
    EXPECT_LE(lines, 60U) << help_for(command);
    if (lines <= 47) ++short_ones;
  }
  EXPECT_GE(short_ones, commands().size() * 2 / 3);
  EXPECT_LE(lines_of(run_podreg({"--help"}).out).size(), 55U);
}

TEST(Help, IsWithinTheTerminal) {
  const CommandLine line;
  for (const Command& command : commands()) {
    EXPECT_LE(widest(help_for(command)), kHelpColumns) << command.name;
    const auto& parser = *line.program().get_subcommand(std::string(command.name));
    const auto wide = help_of(line.program(), parser, 100);
    EXPECT_LE(widest(wide), 100U) << command.name;
    EXPECT_LE(lines_of(wide).size(), lines_of(help_for(command)).size()) << command.name;
  }
}

TEST(Help, HasTheColumnsOfTheTerminalAndNoMoreThanCanBeRead) {
  EXPECT_EQ(help_columns(0), 80U);
  EXPECT_EQ(help_columns(72), 72U);
  EXPECT_EQ(help_columns(250), 100U);
  EXPECT_EQ(help_columns(10), 50U);
}

TEST(Help, HasOneEmptyLineBetweenItsPartsAndNothingOfTheParser) {
  for (const Command& command : commands()) {
    const auto help = help_for(command);
    EXPECT_THAT(help, Not(HasSubstr("\n\n\n"))) << command.name;
    EXPECT_THAT(help, Not(HasSubstr("{false}"))) << command.name;
    EXPECT_THAT(help, Not(AnyOf(HasSubstr("OPTIONS"), HasSubstr(" TEXT")))) << help;
  }
}

TEST(Help, EndsWithTheExitStatusesOfTheCommand) {
  for (const Command& command : commands()) {
    const auto help = help_for(command);
    const auto last = help.substr(help.rfind("\n\n") + 2);
    EXPECT_THAT(last, StartsWith("Exit status: 0 "));
    EXPECT_THAT(last, HasSubstr("exit-codes"));
  }
  EXPECT_THAT(run_podreg({"probe", "--help"}).out, HasSubstr("1 a URL failed; "));
}

// What is only named is told elsewhere, in full.
TEST(Help, EveryFlagThatIsOnlyNamedIsDescribedByItsTopic) {
  const CommandLine line;
  std::size_t described = 0;
  for (const Command& command : commands()) {
    const auto& parser = *line.program().get_subcommand(std::string(command.name));
    for (const auto& group : flag_groups(line.program(), parser)) {
      const auto topic = topic_of_group(group.name);
      if (topic.empty()) continue;
      const auto text = run_podreg({"help", std::string(topic)}).out;
      EXPECT_THAT(help_for(command), HasSubstr("podreg help " + std::string(topic)));
      for (const CLI::Option* flag : group.flags) {
        EXPECT_THAT(text, HasSubstr("\n  " + names_of_flag(*flag))) << command.name;
        const auto description = flag->get_description();
        EXPECT_THAT(text, HasSubstr(description.substr(0, description.find(' ')))) << topic;
        ++described;
      }
    }
  }
  EXPECT_GT(described, 100U);
}

TEST(Help, OfWhatConnectsNowhereHasNoConnection) {
  for (const char* command : {"version", "completion"}) {
    const auto help = run_podreg({command, "--help"}).out;
    EXPECT_THAT(help, Not(AnyOf(HasSubstr("--context"), HasSubstr("--namespace"))));
    EXPECT_THAT(help, Not(HasSubstr("--sort-by")));
  }
  EXPECT_THAT(run_podreg({"completion", "--help"}).out, Not(HasSubstr("--output")));
}

TEST(Help, OnlyCommandsThatAskSeveralContextsHaveAllContexts) {
  for (const Command& command : commands()) {
    const bool has = help_for(command).find("--all-contexts") != std::string::npos;
    EXPECT_EQ(has, command.asks_several) << command.name;
  }
}

TEST(Help, ShowsTheFormatsOfTheCommand) {
  EXPECT_THAT(run_podreg({"graph", "--help"}).out, HasSubstr("-o, --output FORMAT  mermaid, dot"));
  EXPECT_THAT(run_podreg({"version", "--help"}).out, HasSubstr("json, yaml, jsonpath=…\n"));
}

TEST(Help, OfACommandOfACommandIsThatOfTheWhole) {
  const auto help = run_podreg({"config", "--help"}).out;
  EXPECT_THAT(help, HasSubstr("Usage: podreg config COMMAND [FLAG...]\n"));
  EXPECT_THAT(help, HasSubstr("\n  check  Ask the API server"));
}

TEST(HelpPage, PutsTextIntoAColumnOfItsOwnByWhatIsSeen) {
  HelpPage page(30);
  page.entries({{"--a X,…", "one two three four five six"}, {"--b X,", "seven"}});
  EXPECT_EQ(std::move(page).text(),
            "  --a X,…  one two three four\n"
            "           five six\n"
            "  --b X,   seven\n");
}

TEST(HelpPage, ATermThatIsTooWideHasALineToItself) {
  HelpPage page(50);
  page.entries({{"--via direct|port-forward|auto|more", "How"}, {"--b", "seven"}});
  EXPECT_EQ(std::move(page).text(),
            "  --via direct|port-forward|auto|more\n"
            "       How\n"
            "  --b  seven\n");
}

TEST(HelpPage, PutsNamesSideBySideAndBreaksNone) {
  HelpPage page(24);
  page.heading("Connection:");
  page.names({"-n, --namespace", "-A", "--context", "--as"});
  EXPECT_EQ(std::move(page).text(), "Connection:\n  -n, --namespace  -A\n  --context  --as\n");
}

TEST(HelpPage, AnExampleThatIsTooLongGoesOnAsTheShellReadsIt) {
  HelpPage page(30);
  page.examples({"podreg urls a", "podreg urls 'a b c d e' | grep 'f g h i j k l' | wc"});
  EXPECT_EQ(std::move(page).text(),
            "  podreg urls a\n"
            "  podreg urls 'a b c d e' | \\\n"
            "      grep 'f g h i j k l' | \\\n"
            "      wc\n");
}

}  // namespace
}  // namespace podreg::cli
