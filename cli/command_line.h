// The command line as CLI11 has it: the program's own options and one parser for each command.
// Help, completion and manual pages are made of the same declaration that reads the words.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/global_options.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace podreg::cli {

class CommandLine {
 public:
  CommandLine();
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  // The words behind the program's name. Throws CLI::ParseError and core::Error.
  void parse(std::vector<std::string> arguments);

  // Takes from a line that is not complete, or wrong, what can be understood. Never throws.
  void parse_leniently(std::vector<std::string> arguments) noexcept;

  // Throws core::Error about the first word that means nothing of those that were parsed.
  void refuse_left_over() const;

  // What was asked for; nothing when no command was named.
  const Run* selected() const;

  // Its row of the command table; nullptr when no command was named.
  const Command* command() const;

  // Of the command that was named, else of the program; within so many columns.
  std::string help(std::size_t columns) const;

  // "podreg", or "podreg COMMAND".
  std::string command_name() const;

  const GlobalOptions& options() const { return options_; }
  const CLI::App& program() const { return *app_; }

  // Of the command that was named; else the program.
  const CLI::App& parser() const;

 private:
  void spell_out_empty_values(std::vector<std::string>& words) const;
  const CLI::Option* option_named(const std::string& word) const;

  GlobalOptions options_;
  std::vector<std::string> words_;  // that are parsed, in their order
  std::unique_ptr<CLI::App> app_;
  std::map<const CLI::App*, Run> runs_;
};

}  // namespace podreg::cli
