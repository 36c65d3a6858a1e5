// The real time, and real chance.
#pragma once

#include "core/clock.h"

namespace podreg::k8s {

class SystemClock : public core::Clock {
 public:
  std::int64_t now_milliseconds() override;
  std::int64_t steady_milliseconds() override;
  void sleep(std::chrono::milliseconds time) override;
};

// One for who is given none. Any thread.
core::Clock& system_clock();

// A number from 0 to 1, another one each time. Any thread.
double random_share();

}  // namespace podreg::k8s
