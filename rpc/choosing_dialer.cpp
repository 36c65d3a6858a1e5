#include "rpc/choosing_dialer.h"

#include <algorithm>

#include "core/error.h"

namespace podreg::rpc {

std::unique_ptr<core::Stream> ChoosingDialer::dial(const core::PodPort& target,
                                                   core::Deadline deadline) {
  std::unique_ptr<core::Stream> first;
  core::Dialer* dialer = nullptr;
  try {
    dialer = &choose(target, deadline, first);
  } catch (const core::PortRefused&) {
    return forward_.dial(target, deadline);
  }
  return first ? std::move(first) : dialer->dial(target, deadline);
}

// Others wait here for the decision. The stream that it was made with is not made twice.
core::Dialer& ChoosingDialer::choose(const core::PodPort& target, core::Deadline deadline,
                                     std::unique_ptr<core::Stream>& first) {
  const std::lock_guard lock(mutex_);
  if (chosen_ != nullptr) return *chosen_;
  const auto limit = std::min(deadline, std::chrono::steady_clock::now() + patience_);
  try {
    first = direct_.dial(target, limit);
    chosen_ = &direct_;
  } catch (const core::PortRefused&) {
    throw;  // this pod was reached, or somebody else has its address here: nothing to choose by
  } catch (const core::Error&) {
    chosen_ = &forward_;
  }
  if (on_chosen_) on_chosen_(chosen_ == &direct_);
  return *chosen_;
}

}  // namespace podreg::rpc
