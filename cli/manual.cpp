#include "cli/manual.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>

#include "cli/build_info.h"
#include "cli/command_table.h"
#include "cli/help_topics.h"
#include "cli/manual_sections.h"
#include "core/ascii.h"
#include "core/error.h"
#include "output/findings_manual.h"
#include "output/roff_text.h"

namespace podreg::cli {

namespace {

constexpr const char* kProgramPage = "podreg.1";
constexpr const char* kFindingsPage = "podreg-findings.7";
constexpr const char* kRegistryPage = "podreg-registry.7";

// "November 29, 2026"
std::string date_of(std::string_view day) {
  constexpr std::array kMonths = {"January",   "February", "March",    "April",
                                  "May",       "June",     "July",     "August",
                                  "September", "October",  "November", "December"};
  const auto number = [&](std::size_t begin, std::size_t size) {
    std::size_t value = 0;
    const auto text = day.substr(std::min(begin, day.size()), size);
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  };
  const auto month = std::clamp<std::size_t>(number(5, 2), 1, kMonths.size());
  return fmt::format("{} {}, {}", kMonths.at(month - 1), number(8, 2), number(0, 4));
}

std::string head(const std::string& name, std::string_view summary, std::string_view day) {
  return fmt::format(".Dd {}\n.Dt {} 1\n.Os\n.Sh NAME\n.Nm {}\n.Nd {}\n", date_of(day),
                     core::ascii_upper(name), name, output::roff_text(summary));
}

std::string page_of_command(const Command& command) {
  return fmt::format("podreg-{}", command.name);
}

const HelpTopic& topic_named(const std::vector<HelpTopic>& topics, std::string_view name) {
  return *std::ranges::find(topics, name, &HelpTopic::name);
}

std::string see_also(const std::vector<std::string>& pages) {
  std::string text = ".Sh SEE ALSO\n";
  for (const auto& page : pages) {
    const auto point = page.rfind('.');
    text += fmt::format(".Xr {} {}{}\n", page.substr(0, point), page.substr(point + 1),
                        &page == &pages.back() ? "" : " ,");
  }
  return text;
}

std::string description(std::string_view name) {
  return ".Sh DESCRIPTION\n" + std::string(manual_text(fmt::format("{}.mdoc", name)));
}

std::string list_of_commands() {
  std::string text = ".Sh COMMANDS\n.Bl -tag -width Ds\n";
  for (const Command& command : commands()) {
    text += fmt::format(".It Xr {} 1\n{}", page_of_command(command),
                        output::roff_paragraph(command.summary));
  }
  return text + ".El\n";
}

std::string program_page(const CLI::App& program, std::string_view day) {
  const auto topics = help_topics();
  return head("podreg", "the Dubbo registry inside Kubernetes, as a consumer sees it", day) +
         synopsis_section(program, program) + description("podreg") + list_of_commands() +
         options_section(program, program) +
         topic_section("CONNECTION", topic_named(topics, "connection")) +
         topic_section("OUTPUT", topic_named(topics, "output")) +
         std::string(manual_text("environment.mdoc")) +
         topic_section("EXIT STATUS", topic_named(topics, "exit-codes")) +
         examples_section(manual_text("examples.txt")) +
         see_also({"kubectl.1", kFindingsPage, kRegistryPage});
}

std::string command_page(const CLI::App& program, const Command& command, std::string_view day) {
  const CLI::App* app = program.get_subcommand(std::string(command.name));
  const auto topics = help_topics();
  return head(page_of_command(command), command.summary, day) + synopsis_section(program, *app) +
         description(command.name) + arguments_section(*app) + options_section(program, *app) +
         topic_section("EXIT STATUS", topic_named(topics, "exit-codes")) +
         examples_section(command.examples) +
         see_also({kProgramPage, kFindingsPage, kRegistryPage});
}

}  // namespace

std::vector<std::string> manual_pages() {
  std::vector<std::string> pages = {kProgramPage};
  for (const Command& command : commands()) pages.push_back(page_of_command(command) + ".1");
  pages.emplace_back(kFindingsPage);
  pages.emplace_back(kRegistryPage);
  return pages;
}

std::string manual_page(const CLI::App& program, std::string_view name, std::string_view day) {
  if (name == kProgramPage) return program_page(program, day);
  if (name == kFindingsPage) return output::findings_manual(date_of(day));
  if (name == kRegistryPage) return std::string(manual_text(name));
  for (const Command& command : commands()) {
    if (name == page_of_command(command) + ".1") return command_page(program, command, day);
  }
  throw core::Error(core::ErrorKind::not_found, fmt::format("there is no manual page \"{}\"", name),
                    fmt::format("podreg {} lists them", kManualCommand));
}

std::string manual(const CLI::App& program, const std::vector<std::string>& words) {
  if (!words.empty()) return manual_page(program, words.front(), build_date());
  return fmt::format("{}\n", fmt::join(manual_pages(), "\n"));
}

}  // namespace podreg::cli
