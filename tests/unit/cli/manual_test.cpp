// Help, manual pages and completion are made of one declaration; what each says of the flags is
// compared for every command there is.
#include "cli/manual.h"

#include <gmock/gmock.h>

#include <CLI/CLI.hpp>
#include <set>
#include <sstream>

#include "cli/app.h"
#include "cli/command_line.h"
#include "cli/command_table.h"
#include "cli/flag_groups.h"
#include "core/error.h"
#include "tests/support/fake_streams.h"

namespace podreg::cli {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsSupersetOf;
using testing::SizeIs;

using Words = std::vector<std::string>;
using Flags = std::set<std::string>;

std::string printed(const Words& words) {
  tests::FakeStreams fake(false);
  const k8s::Environment environment([](const std::string&) { return std::nullopt; });
  EXPECT_EQ(run(words, fake.streams, environment), 0) << testing::PrintToString(words);
  return fake.out.text();
}

std::string page(const std::string& name) { return printed({"__manual", name}); }

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// "--output" and the like of the lines that begin so, up to the description.
Flags flags_in(const std::string& text, const std::string& beginning) {
  Flags flags;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(beginning)) continue;
    line = line.substr(0, std::min(line.find("  ", beginning.size()), line.find('\t')));
    for (auto at = line.find("--"); at != std::string::npos; at = line.find("--", at + 2)) {
      const auto end = line.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at);
      flags.insert(line.substr(at, end == std::string::npos ? end : end - at));
    }
  }
  return flags;
}

// "  -o, --output FORMAT   …", and "  -n, --namespace  --context  …" where flags are only named:
// all parts of a line up to its first text.
Flags flags_of_help(const Words& command) {
  auto words = command;
  words.emplace_back("--help");
  Flags flags;
  std::istringstream lines(printed(words));
  for (std::string line; std::getline(lines, line);) {
    while (line.starts_with("  -")) {
      const auto end = std::min(line.find("  ", 2), line.size());
      flags.merge(flags_in(line.substr(0, end), "  -"));
      line.erase(0, end);
    }
  }
  return flags;
}

// ".It Fl "o" Ar "FORMAT" , Fl "\-output" Ar "FORMAT""
Flags flags_of_page(const std::string& name) {
  auto text = page(name);
  replace_all(text, "\\-", "-");
  replace_all(text, "Fl \"", "-");
  return flags_in(text.substr(text.find(".Sh OPTIONS\n")), ".It -");
}

Flags flags_of_completion(const Words& command) {
  Words words = {"__complete"};
  words.insert(words.end(), command.begin(), command.end());
  words.emplace_back("--");
  return flags_in(printed(words), "--");
}

std::string page_of(const Command& command) { return "podreg-" + std::string(command.name) + ".1"; }

TEST(Manual, HelpPageAndCompletionOfACommandHaveTheSameFlags) {
  for (const Command& command : commands()) {
    const Words words = {std::string(command.name)};
    const auto help = flags_of_help(words);
    EXPECT_THAT(help, IsSupersetOf({"--help", "--color"})) << command.name;
    EXPECT_EQ(help.contains("--namespace"), command.connects) << command.name;
    EXPECT_EQ(help.contains("--output"), command.prints != output::Prints::script);
    EXPECT_EQ(flags_of_page(page_of(command)), help) << command.name;
    EXPECT_EQ(flags_of_completion(words), help) << command.name;
  }
}

TEST(Manual, HelpPageAndCompletionOfTheProgramHaveTheSameFlags) {
  const auto help = flags_of_help({});
  EXPECT_THAT(help, IsSupersetOf({"--help", "--version", "--output"}));
  EXPECT_EQ(flags_of_page("podreg.1"), help);
  EXPECT_EQ(flags_of_completion({}), help);
}

// The comparison is of what the declaration has, and not of two texts that are both too short.
TEST(Manual, PagesHaveEveryFlagThatIsDeclared) {
  const CommandLine line;
  for (const Command& command : commands()) {
    const auto flags = flags_of_page(page_of(command));
    const auto* app = line.program().get_subcommand(std::string(command.name));
    for (const CLI::Option* option : app->get_options()) {
      for (const auto& name : option->get_lnames()) EXPECT_THAT(flags, Contains("--" + name));
    }
    for (const auto& group : flag_groups(line.program(), *app)) {
      for (const CLI::Option* option : group.flags) {
        EXPECT_THAT(flags, Contains("--" + option->get_lnames().front()));
      }
    }
  }
}

TEST(Manual, EveryCommandHasAPageWithADescription) {
  const auto pages = manual_pages();
  EXPECT_THAT(pages, SizeIs(commands().size() + 3));
  for (const Command& command : commands()) {
    EXPECT_THAT(pages, Contains(page_of(command)));
    EXPECT_NE(manual_text(std::string(command.name) + ".mdoc"), "") << command.name;
  }
}

TEST(Manual, APageHasItsSectionsInTheirOrder) {
  const auto text = page("podreg-wait.1");
  Words sections;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(".Sh ")) sections.push_back(line.substr(4));
  }
  EXPECT_THAT(sections, ElementsAre("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS",
                                    "EXAMPLES", "SEE ALSO"));
  EXPECT_THAT(text, HasSubstr(".Fl \"\\-for\" Ar \"CONDITION\"\n.Op Ar option ...\n"));
  EXPECT_THAT(text, HasSubstr(".It Sy \"130, 143\"\n"));
  EXPECT_THAT(text, HasSubstr("podreg wait shop\\-order \\-\\-for delete\n"));
}

TEST(Manual, IsOfTheDayThatIsGiven) {
  const CommandLine line;
  EXPECT_THAT(manual_page(line.program(), "podreg-urls.1", "2026-03-07"),
              HasSubstr(".Dd March 7, 2026\n.Dt PODREG-URLS 1\n"));
  EXPECT_THAT(manual_page(line.program(), "podreg-findings.7", "2026-12-31"),
              HasSubstr(".Dd December 31, 2026\n"));
}

TEST(Manual, ProseOfTheExamplesIsNoCommand) {
  const auto text = page("podreg-update.1");
  const auto prose = text.find("\nA pod that is not registered");
  ASSERT_NE(prose, std::string::npos);
  EXPECT_GT(prose, text.find("\n.Ed\n"));
}

TEST(Manual, APageThatThereIsNotIsAnError) {
  const CommandLine line;
  try {
    manual(line.program(), {"podreg-nonsense.1"});
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::not_found);
    EXPECT_STREQ(error.what(), "there is no manual page \"podreg-nonsense.1\"");
  }
}

}  // namespace
}  // namespace podreg::cli
