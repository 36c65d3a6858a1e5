#include "core/watched_registry.h"

#include <algorithm>

namespace podreg::core {
namespace {

constexpr int kLongestUnrest = 10;  // in times of the debounce

}  // namespace

bool WatchedRegistry::next(std::chrono::milliseconds limit) {
  const std::int64_t end = clock_.steady_milliseconds() + limit.count();
  for (;;) {
    const std::int64_t now = clock_.steady_milliseconds();
    const bool may_settle = changed_ && watch_.consistent();
    if (may_settle && is_settled(now)) {
      take_picture();
      return true;
    }
    std::int64_t pause = end - now;
    if (pause <= 0) return false;
    if (may_settle) pause = std::min(pause, settled_at() - now);
    if (watch_.wait(std::chrono::milliseconds(pause))) {
      last_change_ = clock_.steady_milliseconds();
      if (!changed_) first_change_ = last_change_;
      changed_ = true;
    } else if (!may_settle || clock_.steady_milliseconds() < now + pause) {
      return false;
    }
  }
}

std::int64_t WatchedRegistry::settled_at() const {
  if (!has_picture_) return 0;
  return std::min(last_change_ + debounce_.count(),
                  first_change_ + kLongestUnrest * debounce_.count());
}

bool WatchedRegistry::is_settled(std::int64_t now) const { return now >= settled_at(); }

void WatchedRegistry::take_picture() {
  picture_.clear();
  for (const WatchedService& service : watch_.services()) picture_.push_back(picture_of(service));
  has_picture_ = true;
  changed_ = false;
}

}  // namespace podreg::core
