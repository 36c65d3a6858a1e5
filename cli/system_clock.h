// The real time.
#pragma once

#include "core/clock.h"

namespace podreg::cli {

class SystemClock : public core::Clock {
 public:
  std::int64_t now_milliseconds() override;
  void sleep(std::chrono::milliseconds time) override;
};

}  // namespace podreg::cli
