#include "core/latency.h"

#include <gtest/gtest.h>

#include <numeric>

namespace podreg::core {
namespace {

TEST(Latency, PercentilesAreTimesThatWereMeasured) {
  std::vector<double> times(100);
  std::iota(times.rbegin(), times.rend(), 1);  // 100, 99, …, 1
  const auto summary = summarize(times);
  EXPECT_EQ(summary.min, 1);
  EXPECT_EQ(summary.median, 50);
  EXPECT_EQ(summary.p99, 99);
  EXPECT_EQ(summary.max, 100);
}

TEST(Latency, OneTimeIsAllOfThem) {
  const auto summary = summarize({7});
  EXPECT_EQ(summary.min, 7);
  EXPECT_EQ(summary.median, 7);
  EXPECT_EQ(summary.p99, 7);
  EXPECT_EQ(summary.max, 7);
  EXPECT_EQ(summarize({}).max, 0);
}

}  // namespace
}  // namespace podreg::core
