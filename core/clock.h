// Time, as something that tests can set.
#pragma once

#include <chrono>
#include <cstdint>

namespace podreg::core {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t now_milliseconds() = 0;  // since the epoch, UTC
  virtual void sleep(std::chrono::milliseconds time) = 0;
};

}  // namespace podreg::core
