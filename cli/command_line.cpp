#include "cli/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "cli/command_table.h"
#include "cli/help.h"
#include "cli/kubectl_words.h"
#include "cli/usage.h"

namespace podreg::cli {

namespace {

// CLI11 would take "[1,2]" apart. As JSON it may begin with a space, and nothing else begins so.
void keep_lists(std::vector<std::string>& words) {
  for (auto& word : words) {
    if (word.starts_with('[') && word.ends_with(']')) word.insert(0, 1, ' ');
  }
}

bool is_negative_number(const std::string& word) {
  return word.size() > 1 && word[0] == '-' && word[1] >= '0' && word[1] <= '9';
}

// CLI11 forgets "--" when the command has all arguments that it must have, and would take the "-5"
// of `invoke … 2 -- -5` for a flag. As JSON, which it is there, it may begin with a space, too;
// then it needs no "--".
void keep_negative_numbers(std::vector<std::string>& words) {
  const auto mark = std::ranges::find(words, "--");
  bool found = false;
  for (auto word = mark; word != words.end(); ++word) {
    if (!is_negative_number(*word)) continue;
    word->insert(0, 1, ' ');
    found = true;
  }
  const auto is_flag = [](const std::string& word) { return word.starts_with('-'); };
  if (found && std::none_of(mark + 1, words.end(), is_flag)) words.erase(mark);
}

}  // namespace

CommandLine::CommandLine()
    : app_(std::make_unique<CLI::App>("Shows the service registry that Apache Dubbo keeps inside "
                                      "Kubernetes, as a consumer sees "
                                      "it.",
                                      "podreg")) {
  // Also for the commands: their left over words end up here, where refuse_left_over() names them.
  app_->fallthrough()->allow_extras();
  app_->require_subcommand(0, 1);
  app_->set_version_flag("--version", "podreg " PODREG_VERSION, "Print the version of podreg");
  declare_global_options(*app_, options_);
  for (const Command& command : commands()) {
    CLI::App* parser =
        app_->add_subcommand(std::string(command.name), std::string(command.summary));
    runs_[parser] = command.declare(*parser);
    take_resource_names(*parser);
  }
}

CommandLine::~CommandLine() = default;

// CLI11 takes the words last first.
void CommandLine::parse(std::vector<std::string> arguments) {
  if (!arguments.empty() && arguments.front() == "help") {  // `help X` is `X --help`
    arguments.erase(arguments.begin());
    arguments.emplace_back("--help");
  }
  respell_kubectl_flags(arguments, [this](const std::string& flag) {
    const CLI::Option* option = option_named(flag);
    return option != nullptr && option->get_expected_min() > 0;
  });
  spell_out_empty_values(arguments);
  keep_lists(arguments);
  keep_negative_numbers(arguments);
  words_ = arguments;
  std::ranges::reverse(arguments);
  app_->parse(std::move(arguments));
  refuse_left_over();
  refuse_empty_values(*app_);
}

// CLI11 hands the values over before it looks for what is missing.
void CommandLine::parse_leniently(std::vector<std::string> arguments) noexcept {
  try {
    parse(std::move(arguments));
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): what was understood is enough
  }
}

// "--context=" is `--context ""`, as scripts write it with a variable that is empty; CLI11 would
// miss a value.
void CommandLine::spell_out_empty_values(std::vector<std::string>& words) const {
  for (auto word = words.begin(); word != words.end() && *word != "--"; ++word) {
    if (!word->starts_with("--") || word->find('=') != word->size() - 1) continue;
    word->pop_back();
    const CLI::Option* option = option_named(*word);
    if (option != nullptr && option->get_expected_min() > 0) {
      word = words.insert(word + 1, "");
    } else {
      *word += '=';
    }
  }
}

// Of the program, or of whichever command has it; rather one that takes a value than a flag, as
// --version is both.
const CLI::Option* CommandLine::option_named(const std::string& word) const {
  const CLI::Option* option = app_->get_option_no_throw(word);
  for (const auto& [command, run] : runs_) {
    if (option != nullptr && option->get_expected_min() > 0) break;
    if (const auto* one = command->get_option_no_throw(word)) option = one;
  }
  return option;
}

void CommandLine::refuse_left_over() const { cli::refuse_left_over(*app_, words_); }

const Run* CommandLine::selected() const {
  const auto parsers = app_->get_subcommands();
  return parsers.empty() ? nullptr : &runs_.at(parsers.front());
}

const Command* CommandLine::command() const {
  const auto parsers = app_->get_subcommands();
  if (parsers.empty()) return nullptr;
  const auto found = std::ranges::find(commands(), parsers.front()->get_name(), &Command::name);
  return found == commands().end() ? nullptr : &*found;
}

std::string CommandLine::help(std::size_t columns) const {
  return help_of(*app_, parser(), columns);
}

const CLI::App& CommandLine::parser() const {
  const auto selected = app_->get_subcommands();
  return selected.empty() ? *app_ : *selected.front();
}

std::string CommandLine::command_name() const {
  const auto parsers = app_->get_subcommands();
  return parsers.empty() ? "podreg" : "podreg " + parsers.front()->get_name();
}

}  // namespace podreg::cli
