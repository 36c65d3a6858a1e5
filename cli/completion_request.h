// What somebody is typing: which command, and what the word under the cursor is to become.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace podreg::cli {

struct CompletionRequest {
  const CLI::App* command = nullptr;    // the innermost that is named; else the program
  const CLI::Option* option = nullptr;  // the flag or argument whose value it is; nullptr: none
  bool flags = false;                   // whether it may become a flag
  bool commands = false;                // whether it may become a command
  std::string before;                  // "--flag=" and "-f", when the value stands in the same word
  std::string word;                    // what is typed of it, behind that
  std::set<const CLI::Option*> given;  // flags that were there
  std::vector<std::string> arguments;  // of `command`, complete ones
  std::vector<std::string> words;      // all complete words, without a flag that waits for `word`
};

// `words` are those behind the program's name; the last one, which may be empty, is being typed.
// `program` must outlive the result. What cannot be understood is skipped.
CompletionRequest read_completion_request(const CLI::App& program,
                                          const std::vector<std::string>& words);

// Whether the flag takes a value in a word of its own.
bool takes_value(const CLI::Option& option);

// The flag of that name, "--output" or "-o", of the command or the program; nullptr when there is
// none.
const CLI::Option* find_flag(const CLI::App& program, const CLI::App& command,
                             const std::string& name);

}  // namespace podreg::cli
