// How long something took, many times.
#pragma once

#include <vector>

namespace podreg::core {

// In milliseconds.
struct LatencySummary {
  double min = 0;
  double median = 0;
  double p99 = 0;  // of 100, the second longest
  double max = 0;
};

// Of at least one time in milliseconds; for none, all are 0. A percentile is the time that so many
// percent do not exceed (nearest rank), never one in between.
LatencySummary summarize(std::vector<double> milliseconds);

}  // namespace podreg::core
