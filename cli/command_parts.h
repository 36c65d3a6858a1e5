// What a command takes, as its parser has it: help, manual pages, completion and messages ask this.
#pragma once

#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace podreg::cli {

// The parts of `command`, which must outlive the results; each in the order of their declaration.
std::vector<const CLI::App*> commands_of(const CLI::App& command);
std::vector<const CLI::Option*> arguments_of(const CLI::App& command);
std::vector<const CLI::Option*> required_flags_of(const CLI::App& command);

// Whether each of several counts, and not the last alone.
bool is_repeatable(const CLI::Option& option);

}  // namespace podreg::cli
