#include "core/latency.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace podreg::core {

LatencySummary summarize(std::vector<double> milliseconds) {
  if (milliseconds.empty()) return {};
  std::ranges::sort(milliseconds);
  const auto rank = [&](double percent) {
    const auto count = static_cast<double>(milliseconds.size());
    const auto place = static_cast<std::size_t>(std::ceil(count * percent / 100));
    return milliseconds[std::max<std::size_t>(place, 1) - 1];
  };
  return {milliseconds.front(), rank(50), rank(99), milliseconds.back()};
}

}  // namespace podreg::core
