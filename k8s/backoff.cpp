#include "k8s/backoff.h"

#include <algorithm>

namespace podreg::k8s {

std::chrono::milliseconds Backoff::next() {
  const std::int64_t now = clock_.steady_milliseconds();
  if (now - over_ >= limits_.quiet.count()) pause_ = limits_.first;
  const auto longer = static_cast<double>(pause_.count()) * (1 + jitter_());
  const auto pause = std::chrono::milliseconds(static_cast<std::int64_t>(longer));
  pause_ = std::min(pause_ * 2, limits_.longest);
  over_ = now + pause.count();
  return pause;
}

}  // namespace podreg::k8s
