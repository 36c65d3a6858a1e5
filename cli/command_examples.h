// The examples of the command table, taken apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace podreg::cli {

struct CommandExamples {
  std::vector<std::string> lines;  // what to type
  std::string prose;               // one paragraph about it; may be empty
};

// `text` is Command::examples: lines that begin with two spaces are command lines, the others are
// one paragraph.
CommandExamples command_examples(std::string_view text);

}  // namespace podreg::cli
