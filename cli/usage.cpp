#include "cli/usage.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "cli/command_parts.h"
#include "cli/command_table.h"
#include "cli/completion_request.h"
#include "core/error.h"
#include "core/nearest.h"

namespace podreg::cli {

namespace {

[[noreturn]] void refuse(const std::string& message, std::string_view word,
                         const std::vector<std::string_view>& known, const std::string& otherwise) {
  throw core::Error(core::ErrorKind::usage, message, core::did_you_mean(word, known, otherwise));
}

std::vector<std::string> flags_of(const CLI::App& app) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
  }
  return flags;
}

[[noreturn]] void refuse_flag(const CLI::App& app, const CLI::App* command,
                              const std::string& word) {
  auto flags = flags_of(app);
  if (command != nullptr) std::ranges::copy(flags_of(*command), std::back_inserter(flags));
  const std::string flag = word.substr(0, word.find('='));
  refuse(fmt::format("unknown flag {}", flag), flag, {flags.begin(), flags.end()},
         fmt::format("podreg {}--help lists the flags", command ? command->get_name() + " " : ""));
}

bool is_command(std::string_view word) {
  return std::ranges::find(commands(), word, &Command::name) != commands().end();
}

// What kubectl has a verb for in front, as in `kubectl get svc`; empty for other words.
std::string_view command_for_kubectl(std::string_view object) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kObjects = {{
      {"svc", "services"},
      {"service", "services"},
      {"ep", "instances"},
      {"endpoints", "instances"},
      {"endpointslices", "instances"},
      {"po", "instances"},
      {"pod", "instances"},
      {"pods", "instances"},
      {"deploy", "instances"},
      {"deployments", "instances"},
  }};
  if (is_command(object)) return object;
  const auto* const found =
      std::ranges::find(kObjects, object, &std::pair<std::string_view, std::string_view>::first);
  return found == kObjects.end() ? std::string_view() : found->second;
}

// `arguments` are the words that are no flags; the first is taken for the command.
[[noreturn]] void refuse_command(const std::vector<std::string>& arguments) {
  const std::string& word = arguments.front();
  const auto message = fmt::format("unknown command \"{}\"", word);
  const auto meant = arguments.size() > 1 ? command_for_kubectl(arguments[1]) : std::string_view();
  if (!meant.empty()) {
    throw core::Error(core::ErrorKind::usage, message,
                      fmt::format("did you mean podreg {}?", meant));
  }
  std::vector<std::string_view> names;
  for (const Command& command : commands()) names.push_back(command.name);
  refuse(message, word, names, "podreg --help lists the commands");
}

// The first word that is no flag names the command.
void refuse_wrong_command(const CLI::App& program, std::vector<std::string> typed) {
  typed.emplace_back();  // the word that is being typed, for who completes
  const auto request = read_completion_request(program, typed);
  if (request.command == &program && !request.arguments.empty()) refuse_command(request.arguments);
}

// A word behind a command that has commands of its own.
[[noreturn]] void refuse_second_word(const CLI::App& command, const std::string& word) {
  std::vector<std::string> names;
  for (const CLI::App* one : commands_of(command)) {
    names.push_back(fmt::format("{} {}", command.get_name(), one->get_name()));
  }
  const auto wanted = fmt::format("{} {}", command.get_name(), word);
  refuse(fmt::format("unknown command \"{}\"", wanted), wanted, {names.begin(), names.end()},
         fmt::format("podreg {} --help lists the commands", command.get_name()));
}

// CLI11 has no place for what a program wants to remember of an option, but names its checks.
constexpr const char* kMayBeEmpty = "may be empty";

bool is_marked(CLI::Option& option) {
  try {
    return option.get_validator(kMayBeEmpty) != nullptr;
  } catch (const CLI::OptionNotFound&) {
    return false;
  }
}

}  // namespace

void refuse_left_over(const CLI::App& program, const std::vector<std::string>& typed) {
  auto words = program.remaining(true);
  std::erase(words, "--");  // the mark before words that are no flags
  if (words.empty()) return;
  refuse_wrong_command(program, typed);
  const auto selected = program.get_subcommands();
  const CLI::App* command = selected.empty() ? nullptr : selected.front();
  const std::string& word = words.front();
  if (word.size() > 1 && word.front() == '-') refuse_flag(program, command, word);
  if (command == nullptr) refuse_command({word});
  if (!commands_of(*command).empty() && command->get_subcommands().empty()) {
    refuse_second_word(*command, word);
  }
  throw core::Error(core::ErrorKind::usage,
                    fmt::format("podreg {} takes no argument \"{}\"", command->get_name(), word),
                    fmt::format("podreg {} --help shows what it takes", command->get_name()));
}

CLI::Option* may_be_empty(CLI::Option* option) {
  return option->check(
      CLI::Validator([](const std::string&) { return std::string(); }, "", kMayBeEmpty));
}

void refuse_empty_values(const CLI::App& app) {
  for (CLI::App* command : app.get_subcommands()) {
    for (CLI::Option* option : command->get_options()) {
      const bool optional = option->get_items_expected_min() == 0;  // such as --dry-run
      if (optional || is_marked(*option) || std::ranges::count(option->results(), "") == 0)
        continue;
      throw core::Error(core::ErrorKind::usage, fmt::format("{} is empty", option->get_name()),
                        "give it a value, or leave it out");
    }
    refuse_empty_values(*command);
  }
}

std::optional<std::string> value_of_flag(const std::vector<std::string>& arguments,
                                         std::string_view long_name, std::string_view short_name) {
  std::optional<std::string> value;
  for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
    const std::string_view word = arguments[i];
    const bool is_short = !short_name.empty() && word.starts_with(short_name);
    if (word == long_name || word == short_name) {
      if (i + 1 < arguments.size()) value = arguments[++i];
    } else if (word.starts_with(std::string(long_name) + "=")) {
      value = word.substr(long_name.size() + 1);
    } else if (is_short) {
      value =
          word.substr(word[short_name.size()] == '=' ? short_name.size() + 1 : short_name.size());
    }
  }
  return value;
}

}  // namespace podreg::cli
