// Time, as something that tests can set.
#pragma once

#include <chrono>
#include <cstdint>

namespace podreg::core {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t now_milliseconds() = 0;  // since the epoch, UTC
  // From some moment on, and evenly, whatever is done to the time of day: for limits of time.
  virtual std::int64_t steady_milliseconds() { return now_milliseconds(); }
  virtual void sleep(std::chrono::milliseconds time) = 0;
};

}  // namespace podreg::core
