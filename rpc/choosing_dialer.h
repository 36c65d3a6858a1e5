// --via auto: direct when that works, else through the API server.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

#include "core/dialer.h"

namespace podreg::rpc {

// The first target decides for all: direct when it connects in time. One whose port is refused
// decides nothing: it alone is tried through the API server.
class ChoosingDialer final : public core::Dialer {
 public:
  // Both must outlive it. `patience` is how long the first direct connection may take;
  // `on_chosen(whether it is the direct one)` is called once, when it is decided, and may be empty.
  ChoosingDialer(core::Dialer& direct, core::Dialer& forward, std::chrono::milliseconds patience,
                 std::function<void(bool directly)> on_chosen = {})
      : direct_(direct), forward_(forward), patience_(patience), on_chosen_(std::move(on_chosen)) {}

  std::unique_ptr<core::Stream> dial(const core::PodPort& target, core::Deadline deadline) override;

 private:
  core::Dialer& choose(const core::PodPort& target, core::Deadline deadline,
                       std::unique_ptr<core::Stream>& first);

  core::Dialer& direct_;
  core::Dialer& forward_;
  std::chrono::milliseconds patience_;
  std::function<void(bool directly)> on_chosen_;
  std::mutex mutex_;
  core::Dialer* chosen_ = nullptr;
};

}  // namespace podreg::rpc
