// How long to wait before a watch that failed is tried again, however long it goes on failing.
//
// As client-go's reflector: 800 ms, twice as long each time, at most 30 s, and by chance up to
// twice that each time, so that not all clients of a server that comes back come at once; from the
// beginning when nothing has failed for two minutes, or when it is plain that all works again.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "core/clock.h"

namespace podreg::k8s {

struct BackoffLimits {
  std::chrono::milliseconds first{800};
  std::chrono::milliseconds longest{30'000};  // without the chance
  std::chrono::milliseconds quiet{120'000};
};

class Backoff {
 public:
  // Clock and jitter (a number from 0 to 1 each time) must outlive it.
  Backoff(core::Clock& clock, const std::function<double()>& jitter, BackoffLimits limits)
      : clock_(clock), jitter_(jitter), limits_(limits), pause_(limits.first) {}

  // To be asked when something has failed.
  std::chrono::milliseconds next();

  // To be told when all works again.
  void begin_anew() { pause_ = limits_.first; }

 private:
  core::Clock& clock_;
  const std::function<double()>& jitter_;
  BackoffLimits limits_;
  std::chrono::milliseconds pause_;
  std::int64_t over_ = 0;  // when the last pause was
};

}  // namespace podreg::k8s
