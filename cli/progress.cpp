#include "cli/progress.h"

#include <fmt/format.h>

#include "cli/context.h"
#include "core/error.h"

namespace podreg::cli {

Progress::~Progress() {
  if (shown_) write("\r\x1b[K");
}

void Progress::show(std::size_t done, std::size_t all) {
  if (context_.quiet() || context_.verbose() || !context_.streams().err_is_terminal) return;
  if (all < 2 && done == all && !shown_) return;  // it has not taken any time
  shown_ = true;
  write(fmt::format("\r{} of {} {}", done, all, what_));
}

void Progress::write(const std::string& text) {
  try {
    context_.streams().err.write(text);
    context_.streams().err.flush();
  } catch (const core::Error&) {
    shown_ = false;
  }
}

}  // namespace podreg::cli
