#include "cli/help.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

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

bool is_repeatable(const CLI::Option& option) {
  return option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
}

// " FORMAT", " [client|server]", " FILE..."; empty for a flag without a value.
std::string value_of(const CLI::Option& flag) {
  if (!takes_value(flag)) return {};
  const auto type = flag.get_type_name();
  if (flag.get_items_expected_min() == 0) return fmt::format(" [{}]", type);
  return fmt::format(" {}{}", type, is_repeatable(flag) ? "..." : "");
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

Options arguments_of(const CLI::App& command) {
  return command.get_options([](const CLI::Option* one) { return one->get_positional(); });
}

std::vector<const CLI::App*> commands_of(const CLI::App& command) {
  return command.get_subcommands([](const CLI::App*) { return true; });
}

std::string usage_of(const CLI::App& program, const CLI::App& command) {
  std::string text = "Usage: podreg";
  if (&command != &program) text += " " + command.get_name();
  if (!commands_of(command).empty()) text += " COMMAND";
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional() || !option->get_required()) continue;
    text += fmt::format(" --{}{}", option->get_lnames().front(), value_of(*option));
  }
  text += " [FLAG...]";
  for (const CLI::Option* argument : arguments_of(command)) {
    const bool several = argument->get_items_expected_max() > 1;
    const auto name = argument->get_name() + (several ? "..." : "");
    text += argument->get_required() ? " " + name : " [" + name + "]";
  }
  return text;
}

void add_arguments(const CLI::App& command, HelpPage& page) {
  std::vector<HelpEntry> entries;
  for (const CLI::Option* argument : arguments_of(command)) {
    entries.push_back({argument->get_name(), argument->get_description()});
  }
  if (entries.empty()) return;
  page.heading("Arguments:");
  page.entries(entries);
}

void add_commands(const CLI::App& command, HelpPage& page) {
  std::vector<HelpEntry> entries;
  for (const CLI::App* one : commands_of(command)) {
    entries.push_back({one->get_name(), one->get_description()});
  }
  if (entries.empty()) return;
  page.heading("Commands:");
  page.entries(entries);
}

void add_topics(HelpPage& page) {
  std::vector<HelpEntry> entries;
  for (const auto& topic : help_topics()) {
    entries.push_back({std::string(topic.name), std::string(topic.summary)});
  }
  page.heading("Topics, as in `podreg help output`:");
  page.entries(entries);
}

// In the table, lines that begin with two spaces are command lines, the others one paragraph.
void add_examples(const Command& command, HelpPage& page) {
  std::vector<std::string> lines;
  std::string prose;
  for (std::string_view rest = command.examples; !rest.empty();) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.starts_with("  ")) {
      lines.emplace_back(line.substr(2));
    } else if (!line.empty()) {
      prose += (prose.empty() ? "" : " ") + std::string(line);
    }
  }
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
  add_arguments(command, page);
  add_commands(command, page);
  if (row == nullptr) {
    add_topics(page);
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
