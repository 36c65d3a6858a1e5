#include "cli/system_clock.h"

#include <thread>

namespace podreg::cli {

std::int64_t SystemClock::now_milliseconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

void SystemClock::sleep(std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }

}  // namespace podreg::cli
