#include "cli/help.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

#include "cli/command_examples.h"
#include "cli/command_parts.h"
#include "cli/command_table.h"
#include "cli/completion_request.h"
#include "cli/flag_groups.h"
#include "cli/help_page.h"
#include "cli/help_topics.h"
#include "core/ascii.h"
#include "output/format_names.h"

namespace podreg::cli {

namespace {

using Options = std::vector<const CLI::Option*>;

constexpr std::size_t kMostExamples = 4;  // the manual page has all

bool is_named(const CLI::Option& option, std::string_view name) {
  return !option.get_lnames().empty() && option.get_lnames().front() == name;
}

// " FORMAT", " [client|server]", " FILE...", " TITLE,…"; empty for a flag without a value.
std::string value_of(const CLI::Option& flag) {
  if (!takes_value(flag)) return {};
  const auto type = flag.get_type_name();
  if (flag.get_items_expected_min() == 0) return fmt::format(" [{}]", type);
  const bool says_so = type.ends_with("…");
  return fmt::format(" {}{}", type, is_repeatable(flag) && !says_so ? "..." : "");
}

HelpEntry entry_of(const CLI::Option& flag) {
  return {names_of_flag(flag) + value_of(flag), flag.get_description()};
}

std::vector<HelpEntry> entries_of(const Options& flags) {
  std::vector<HelpEntry> entries;
  for (const CLI::Option* flag : flags) entries.push_back(entry_of(*flag));
  return entries;
}

std::vector<std::string> names_of(const Options& flags) {
  std::vector<std::string> names;
  for (const CLI::Option* flag : flags) names.push_back(names_of_flag(*flag));
  return names;
}

std::string usage_of(const CLI::App& program, const CLI::App& command) {
  std::string text = "Usage: podreg";
  if (&command != &program) text += " " + command.get_name();
  if (!commands_of(command).empty()) text += " COMMAND";
  for (const CLI::Option* flag : required_flags_of(command)) {
    text += fmt::format(" --{}{}", flag->get_lnames().front(), value_of(*flag));
  }
  text += " [FLAG...]";
  for (const CLI::Option* argument : arguments_of(command)) {
    const bool several = argument->get_items_expected_max() > 1;
    const auto name = argument->get_name() + (several ? "..." : "");
    text += argument->get_required() ? " " + name : " [" + name + "]";
  }
  return text;
}

// A list without entries has no heading either.
void add_list(std::string_view heading, const std::vector<HelpEntry>& entries, HelpPage& page) {
  if (entries.empty()) return;
  page.heading(heading);
  page.entries(entries);
}

// Arguments and commands: both have a name and a description.
template <typename Part>
std::vector<HelpEntry> described(const std::vector<const Part*>& parts) {
  std::vector<HelpEntry> entries;
  for (const Part* part : parts) entries.push_back({part->get_name(), part->get_description()});
  return entries;
}

std::vector<HelpEntry> topics() {
  std::vector<HelpEntry> entries;
  for (const auto& topic : help_topics()) {
    entries.push_back({std::string(topic.name), std::string(topic.summary)});
  }
  return entries;
}

void add_examples(const Command& command, HelpPage& page) {
  auto [lines, prose] = command_examples(command.examples);
  if (lines.size() > kMostExamples) lines.resize(kMostExamples);
  if (!lines.empty()) {
    page.heading("Examples:");
    page.examples(lines);
  }
  if (!prose.empty()) page.paragraph(prose);
}

// -o with the formats that this command has.
HelpEntry format_entry(const CLI::Option& flag, output::Prints prints) {
  std::vector<std::string> names;
  for (const output::Format format : output::formats_of(prints)) {
    const auto name = output::name_of(format);
    names.push_back(fmt::format("{}{}", name, name.ends_with('=') ? "…" : ""));
  }
  return {names_of_flag(flag) + value_of(flag), fmt::format("{}", fmt::join(names, ", "))};
}

// "Connection (podreg help connection tells more):"
void add_heading_of_topic(std::string_view topic, HelpPage& page) {
  page.heading(fmt::format("{}{} (podreg help {} tells more):",
                           core::ascii_upper(topic.substr(0, 1)), topic.substr(1), topic));
}

// Groups that one topic describes are one.
std::vector<FlagGroup> merged(std::vector<FlagGroup> groups) {
  std::vector<FlagGroup> result;
  for (auto& group : groups) {
    const auto topic = topic_of_group(group.name);
    if (!topic.empty() && !result.empty() && topic_of_group(result.back().name) == topic) {
      std::ranges::copy(group.flags, std::back_inserter(result.back().flags));
    } else {
      result.push_back(std::move(group));
    }
  }
  return result;
}

// The help flag stands at the end of all, where nobody who reads it has to look for it.
void add_output(const FlagGroup& group, const Command* row, const CLI::Option* help,
                HelpPage& page) {
  add_heading_of_topic(topic_of_group(group.name), page);
  Options named;
  for (const CLI::Option* flag : group.flags) {
    if (row != nullptr && is_named(*flag, "output")) {
      page.entries({format_entry(*flag, row->prints)});
    } else {
      named.push_back(flag);
    }
  }
  if (help != nullptr) named.push_back(help);
  page.names(named.empty() ? std::vector<std::string>() : names_of(named));
}

void add_flags(const CLI::App& program, const CLI::App& command, HelpPage& page) {
  const CLI::Option* help = command.get_help_ptr();
  for (auto& group : merged(flag_groups(program, command))) {
    std::erase(group.flags, help);
    if (group.flags.empty()) continue;
    if (group.name == kOutputGroup) {
      add_output(group, row_of(program, command), help, page);
    } else if (topic_of_group(group.name).empty()) {
      page.heading(group.name == kOwnGroup ? "Flags:" : group.name + ":");
      page.entries(entries_of(group.flags));
    } else {
      add_heading_of_topic(topic_of_group(group.name), page);
      page.names(names_of(group.flags));
    }
  }
}

}  // namespace

std::string help_of(const CLI::App& program, const CLI::App& command, std::size_t columns) {
  HelpPage page(columns);
  const Command* row = row_of(program, command);
  page.paragraph(command.get_description());
  page.heading(usage_of(program, command));
  add_list("Arguments:", described(arguments_of(command)), page);
  add_list("Commands:", described(commands_of(command)), page);
  if (row == nullptr) {
    add_list("Topics, as in `podreg help output`:", topics(), page);
  } else {
    add_examples(*row, page);
  }
  add_flags(program, command, page);
  if (row != nullptr) {
    page.heading(
        fmt::format("Exit status: {}; podreg help exit-codes tells all", row->exit_statuses));
  }
  return std::move(page).text();
}

std::string flags_of_topic(const CLI::App& program, std::string_view topic, std::size_t columns) {
  HelpPage page(columns);
  std::set<std::string> groups;
  auto all = commands_of(program);
  all.insert(all.begin(), &program);
  for (const CLI::App* command : all) {
    for (const std::string& group : command->get_groups()) {
      // Each command that has a group has all of it; but `wait` has a --timeout of its own.
      if (topic_of_group(group) != topic || !groups.insert(group).second) continue;
      page.heading(group + ":");
      page.entries(entries_of(
          command->get_options([&](const CLI::Option* one) { return one->get_group() == group; })));
    }
  }
  return std::move(page).text();
}

}  // namespace podreg::cli
