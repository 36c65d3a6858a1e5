#include "cli/flag_groups.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <utility>

#include "cli/command_table.h"

namespace podreg::cli {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kTopics = {{
    {kConnectionGroup, "connection"},
    {kOutputGroup, "output"},
    {kProvidersGroup, "providers"},
    {kReachGroup, "providers"},
}};

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& names, const CLI::Option& flag) {
  return std::ranges::find(names, flag.get_lnames().front()) != names.end();
}

// What cannot be sorted may have a table all the same: events come as they happen.
bool prints_table(output::Prints prints) {
  using enum output::Prints;
  return prints != graph && prints != version && prints != script;
}

bool prints_list(output::Prints prints) {
  return prints_table(prints) && prints != output::Prints::events;
}

// Of the program's flags, those that this command has a use for.
bool is_taken(const Command& command, const CLI::Option& flag) {
  constexpr std::array<std::string_view, 1> kOfLists = {"sort-by"};
  constexpr std::array<std::string_view, 2> kOfTables = {"columns", "no-headers"};
  constexpr std::array<std::string_view, 2> kOfMessages = {"verbose", "quiet"};
  constexpr std::array<std::string_view, 1> kFormat = {"output"};
  constexpr std::array<std::string_view, 1> kSeveral = {"all-contexts"};
  if (flag.get_group() == kOwnGroup) return false;
  if (flag.get_group() == kConnectionGroup && !command.connects) return false;
  if (is_one_of(kOfMessages, flag)) return command.connects;
  if (is_one_of(kSeveral, flag)) return command.asks_several;
  if (is_one_of(kOfLists, flag)) return prints_list(command.prints);
  if (is_one_of(kOfTables, flag)) return prints_table(command.prints);
  return !is_one_of(kFormat, flag) || command.prints != output::Prints::script;
}

template <typename Filter>
void add_groups(const CLI::App& app, Filter is_wanted, std::vector<FlagGroup>& groups) {
  for (const std::string& name : app.get_groups()) {
    FlagGroup group{name, app.get_options([&](const CLI::Option* one) {
                      return !one->get_positional() && one->get_group() == name && is_wanted(*one);
                    })};
    if (!group.flags.empty()) groups.push_back(std::move(group));
  }
}

}  // namespace

const Command* row_of(const CLI::App& program, const CLI::App& command) {
  const CLI::App* app = &command;
  while (app != &program && app->get_parent() != &program) app = app->get_parent();
  const auto row = std::ranges::find(commands(), app->get_name(), &Command::name);
  return row == commands().end() ? nullptr : &*row;
}

std::vector<FlagGroup> flag_groups(const CLI::App& program, const CLI::App& command) {
  std::vector<FlagGroup> groups;
  const Command* row = row_of(program, command);
  add_groups(
      command, [](const CLI::Option&) { return true; }, groups);
  if (row == nullptr) return groups;
  add_groups(
      program, [&](const CLI::Option& flag) { return is_taken(*row, flag); }, groups);
  return groups;
}

std::string_view topic_of_group(std::string_view group) {
  const auto* const found =
      std::ranges::find(kTopics, group, &std::pair<std::string_view, std::string_view>::first);
  return found == kTopics.end() ? std::string_view() : found->second;
}

std::string names_of_flag(const CLI::Option& flag) {
  std::string text;
  for (const auto& name : flag.get_snames()) text += (text.empty() ? "-" : ", -") + name;
  for (const auto& name : flag.get_lnames()) text += (text.empty() ? "--" : ", --") + name;
  return text;
}

}  // namespace podreg::cli
