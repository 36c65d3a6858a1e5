#include "k8s/patience.h"

#include <algorithm>

#include "k8s/transport_error.h"

namespace podreg::k8s {
namespace {

using std::chrono::milliseconds;

constexpr std::uint64_t kStep = 16 << 10;  // of a body, which counts as progress

}  // namespace

milliseconds Patience::next_wait() const {
  const Timeouts& timeouts = options_.timeouts;
  auto limit = milliseconds(options_.on_wait ? 100 : 1000);
  const auto keep_to = [&limit](Clock::duration left) {
    limit = std::min(limit, std::chrono::ceil<milliseconds>(left));
  };
  if (timeouts.answer.count() != 0) keep_to(timeouts.answer - stalled_);
  const auto now = Clock::now();
  if (timeouts.whole.count() != 0) keep_to(timeouts.whole - (now - request_began_));
  if (options_.end) keep_to(*options_.end - now);
  return std::max(limit, milliseconds(0));
}

void Patience::count(Clock::duration waited, Progress progress) {
  stalled_ += waited;
  const std::uint64_t reached = progress.received + (progress.answered ? kStep : 0);
  if (reached >= seen_ + kStep) {
    seen_ = reached;
    stalled_ = {};
  }
  const auto limit = options_.timeouts.answer;
  if (limit.count() != 0 && stalled_ >= limit) throw too_slow(server_, progress.answered, limit);
  check(progress.answered);
}

void Patience::check(bool answered) const {
  const auto now = Clock::now();
  const auto whole = options_.timeouts.whole;
  if (whole.count() != 0 && now - request_began_ >= whole) throw too_long(server_, answered, whole);
  if (options_.end && now >= *options_.end) throw out_of_time(server_, answered);
}

}  // namespace podreg::k8s
