// How far a long piece of work is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/progress_line.h"

namespace podreg::cli {

class Context;

// Shown while this object lives, as ProgressLine says: on a terminal only, and neither with --quiet
// nor with --verbose, whose lines say more. May be used from any thread.
class Progress {
 public:
  // `what` is what is done, "asking providers", and may be text from elsewhere; `done` is what it
  // is to be done with one of many, and must be a literal. The context must outlive it.
  Progress(Context& context, std::string what, std::string_view done = "answered");
  // Of one during which show() or ProgressLine::look() are called again and again.
  struct Heard {};
  Progress(Context& context, std::string what, Heard heard);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(const rpc::Tally& tally);
  void show(const k8s::ReadCounts& counts);

 private:
  void begin(Work work);

  ProgressLine& line_;
  std::optional<ProgressLine::Handle> work_;  // nothing when it is not shown
};

// Nothing is drawn while it lives, because somebody else has the terminal.
class ProgressHold {
 public:
  // The context must outlive it.
  explicit ProgressHold(Context& context);
  ~ProgressHold();
  ProgressHold(const ProgressHold&) = delete;
  ProgressHold& operator=(const ProgressHold&) = delete;

 private:
  ProgressLine& line_;
};

}  // namespace podreg::cli
