#include "rpc/choosing_dialer.h"

#include <gmock/gmock.h>

#include "tests/unit/rpc/noting_dialer.h"

namespace podreg::rpc {
namespace {

using testing::ElementsAre;
using namespace std::chrono_literals;

core::PodPort pod(const char* name) { return {"demo", name, "10.0.0.1", 20880}; }

TEST(ChoosingDialer, StaysWithTheDirectWayWhenTheFirstTargetIsReached) {
  NotingDialer direct(true);
  NotingDialer forward(true);
  std::vector<bool> chosen;
  ChoosingDialer dialer(direct, forward, 1h, [&](bool directly) { chosen.push_back(directly); });
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  EXPECT_NE(dialer.dial(pod("a"), deadline), nullptr);
  EXPECT_NE(dialer.dial(pod("b"), deadline), nullptr);
  EXPECT_THAT(direct.pods, ElementsAre("a", "b"));
  EXPECT_THAT(forward.pods, ElementsAre());
  EXPECT_THAT(chosen, ElementsAre(true));
}

TEST(ChoosingDialer, GoesThroughTheApiServerWhenTheFirstTargetIsNotReached) {
  NotingDialer direct(false);
  NotingDialer forward(true);
  std::vector<bool> chosen;
  ChoosingDialer dialer(direct, forward, 1h, [&](bool directly) { chosen.push_back(directly); });
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  EXPECT_NE(dialer.dial(pod("a"), deadline), nullptr);
  EXPECT_NE(dialer.dial(pod("b"), deadline), nullptr);
  EXPECT_THAT(direct.pods, ElementsAre("a"));
  EXPECT_THAT(forward.pods, ElementsAre("a", "b"));
  EXPECT_THAT(chosen, ElementsAre(false));
}

TEST(ChoosingDialer, TheFirstTargetHasLittleTime) {
  NotingDialer direct(true);
  NotingDialer forward(true);
  ChoosingDialer dialer(direct, forward, 2s);
  const auto now = std::chrono::steady_clock::now();
  dialer.dial(pod("a"), now + 1h);
  EXPECT_LT(direct.deadline, now + 1min);
  dialer.dial(pod("b"), now + 1h);
  EXPECT_EQ(direct.deadline, now + 1h);
}

}  // namespace
}  // namespace podreg::rpc
