// Runs a program without a shell, for credential plugins.
//
// It gets no file of this process but its standard streams. One that may not ask the user runs in a
// process group of its own, so that what it starts ends with it: at the time limit, when it prints
// too much, and when this process is interrupted (SIGINT, SIGTERM, SIGHUP, SIGQUIT), which the
// group itself would not hear of. One that may ask stays in the terminal's group, or it could not
// read from it, has standard input and standard error as they are, and of what it started nothing
// is ended with it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace podreg::k8s {

struct ChildCommand {
  std::string path;  // of the program
  std::vector<std::string> argv;
  std::vector<std::string> environment;  // "NAME=VALUE", all of it
  bool interactive = false;              // may ask the user; otherwise it reads from /dev/null
  std::chrono::milliseconds timeout{0};  // zero: none
  std::size_t output_limit = 0;          // bytes of standard output
};

struct ChildResult {
  enum class End { exited, killed, timed_out, too_much };

  End end = End::exited;
  int status = 0;      // exit status, or the signal
  std::string output;  // what it printed to standard output
};

// Called with each line of standard error as it comes, without its end; lines of more than 4 KiB
// come in pieces. The text is as the program wrote it.
using LineSink = std::function<void(std::string_view line)>;

// Returns when the program itself has ended, and no longer waits for what it left behind. One at a
// time: a second call waits for the first. Throws std::system_error when it cannot be started.
ChildResult run_child(const ChildCommand& command, const LineSink& on_error_line);

}  // namespace podreg::k8s
