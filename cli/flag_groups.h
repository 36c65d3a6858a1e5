// The flags of a command in their groups: help, manual pages and completion all have these.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace podreg::cli {

// CLI11's group of the flags that name none. Those of the program are its own: --version stands
// behind no command.
inline constexpr const char* kOwnGroup = "Options";

// Those of all commands, which say where the cluster is, and how results look.
inline constexpr const char* kConnectionGroup = "Connection";
inline constexpr const char* kOutputGroup = "Output";

// Those of the commands that turn interfaces into URLs, and that reach pods.
inline constexpr const char* kProvidersGroup = "Who provides an interface";
inline constexpr const char* kReachGroup = "Reaching pods";

struct FlagGroup {
  std::string name;
  std::vector<const CLI::Option*> flags;  // never empty
};

// What `command` takes, its own flags first; `command` may be the program itself, or a command of a
// command. Left out are the flags of all commands that mean nothing to this one, as a connection to
// `version`: the parser lets them pass, because an alias may carry them. The options are those of
// `program`, which must outlive the result.
std::vector<FlagGroup> flag_groups(const CLI::App& program, const CLI::App& command);

// The topic of `podreg help` that describes the flags of a group that several commands have; empty
// for a group that each command's own help describes.
std::string_view topic_of_group(std::string_view group);

// "-o, --output", without what the flag takes.
std::string names_of_flag(const CLI::Option& flag);

// The row of the command table that `command`, or the command that it is part of, belongs to;
// nullptr for the program.
const Command* row_of(const CLI::App& program, const CLI::App& command);

}  // namespace podreg::cli
