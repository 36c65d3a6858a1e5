// A clock that stands still but for what is slept, which takes no time.
#pragma once

#include <vector>

#include "core/clock.h"

namespace podreg::tests {

class FakeClock : public core::Clock {
 public:
  std::int64_t now_milliseconds() override { return now; }
  void sleep(std::chrono::milliseconds time) override {
    slept.push_back(time);
    now += time.count();
  }

  std::int64_t now = 1'000'000;
  std::vector<std::chrono::milliseconds> slept;
};

}  // namespace podreg::tests
