#include "k8s/backoff.h"

#include <gmock/gmock.h>

#include "tests/support/fake_clock.h"

namespace podreg::k8s {
namespace {

using testing::ElementsAre;

// With a clock of the test's own.
TEST(Backoff, GrowsToItsLimitAndBeginsAgainAfterAQuietTime) {
  tests::FakeClock clock;
  const std::function<double()> jitter = [] { return 0.0; };
  Backoff backoff(clock, jitter, {});
  std::vector<std::int64_t> pauses;
  for (int i = 0; i < 8; ++i) {
    pauses.push_back(backoff.next().count());
    clock.now += pauses.back();
  }
  EXPECT_THAT(pauses, ElementsAre(800, 1600, 3200, 6400, 12800, 25600, 30000, 30000));
  clock.now += 120'000;
  EXPECT_EQ(backoff.next().count(), 800);
}

TEST(Backoff, IsLongerByChance) {
  tests::FakeClock clock;
  const std::function<double()> jitter = [] { return 0.5; };
  Backoff backoff(clock, jitter, {});
  EXPECT_EQ(backoff.next().count(), 1200);
  EXPECT_EQ(backoff.next().count(), 2400);
  for (int i = 0; i < 8; ++i) backoff.next();
  EXPECT_EQ(backoff.next().count(), 45'000);  // also where it grows no more
}

}  // namespace
}  // namespace podreg::k8s
