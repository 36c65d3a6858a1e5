// The command of `watch --exec`: run once for each event, one after the other.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace podreg::cli {

class EventCommand {
 public:
  // Program and arguments, separated by spaces; with `shell` the text is one for `sh -c`. Throws
  // Error(usage) when there is no program in it. `warn` gets a sentence when the command fails.
  EventCommand(const std::string& text, bool shell, std::function<void(std::string)> warn);

  // Runs the command with the text on its standard input, and its own standard output and error;
  // returns when it has ended. One that reads nothing is no failure. Throws Error(usage) when it
  // cannot be started.
  void run(std::string_view input) const;

 private:
  std::vector<std::string> words_;
  std::function<void(std::string)> warn_;
};

}  // namespace podreg::cli
