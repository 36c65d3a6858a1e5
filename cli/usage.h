// Words of the command line that mean nothing, and what was probably meant.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace podreg::cli {

// Throws Error(usage) about the first of the words that the parser left over; returns when there is
// none. The hint is the nearest command or flag. `typed` are all words behind the program's name:
// of kubectl's `get services` the parser has taken the second for the command.
void refuse_left_over(const CLI::App& program, const std::vector<std::string>& typed);

// Of an option whose value may be an empty text, which means something of its own. Returns the
// option.
CLI::Option* may_be_empty(CLI::Option* option);

// Throws Error(usage) when an option or argument of the command is an empty text: a script's
// variable that is not set must not become a default. The flags that all commands take are not
// looked at; with those an empty text is as good as none, as for kubectl.
void refuse_empty_values(const CLI::App& app);

// The value of a flag, the last one when it is repeated; nothing when it is not there. Looks at the
// words themselves: for what has to be known even when the command line is the error.
std::optional<std::string> value_of_flag(const std::vector<std::string>& arguments,
                                         std::string_view long_name, std::string_view short_name);

}  // namespace podreg::cli
