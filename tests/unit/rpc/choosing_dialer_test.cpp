#include "rpc/choosing_dialer.h"

#include <gmock/gmock.h>

#include "tests/unit/rpc/noting_dialer.h"

namespace podreg::rpc {
namespace {

using testing::ElementsAre;
using namespace std::chrono_literals;

core::PodPort pod(const char* name) { return {"demo", name, "10.0.0.1", 20880}; }

// Who was dialed in which way, for pods a and b one after the other, and what was chosen.
struct Ways {
  explicit Ways(bool direct_works) : direct(direct_works) {
    ChoosingDialer dialer(direct, forward, 1h, [&](bool directly) { chosen.push_back(directly); });
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    EXPECT_NE(dialer.dial(pod("a"), deadline), nullptr);
    EXPECT_NE(dialer.dial(pod("b"), deadline), nullptr);
  }

  NotingDialer direct;
  NotingDialer forward{true};
  std::vector<bool> chosen;
};

TEST(ChoosingDialer, StaysWithTheDirectWayWhenTheFirstTargetIsReached) {
  const Ways ways(true);
  EXPECT_THAT(ways.direct.pods, ElementsAre("a", "b"));
  EXPECT_THAT(ways.forward.pods, ElementsAre());
  EXPECT_THAT(ways.chosen, ElementsAre(true));
}

TEST(ChoosingDialer, GoesThroughTheApiServerWhenTheFirstTargetIsNotReached) {
  const Ways ways(false);
  EXPECT_THAT(ways.direct.pods, ElementsAre("a"));
  EXPECT_THAT(ways.forward.pods, ElementsAre("a", "b"));
  EXPECT_THAT(ways.chosen, ElementsAre(false));
}

// Notes who is to be reached, and refuses the ports of those that it is told.
class RefusingDialer final : public core::Dialer {
 public:
  explicit RefusingDialer(std::string refused) : refused_(std::move(refused)) {}

  std::unique_ptr<core::Stream> dial(const core::PodPort& target, core::Deadline until) override {
    if (refused_.find(target.pod) != std::string::npos) throw core::PortRefused("refused");
    return connected.dial(target, until);
  }

  NotingDialer connected{true};

 private:
  std::string refused_;
};

class ForbiddenDialer final : public core::Dialer {
 public:
  std::unique_ptr<core::Stream> dial(const core::PodPort& /*target*/,
                                     core::Deadline /*until*/) override {
    throw core::Error(core::ErrorKind::not_allowed, "may not create pods/portforward");
  }
};

TEST(ChoosingDialer, APortThatIsRefusedDecidesForItsPodAlone) {
  RefusingDialer direct("ac");
  NotingDialer forward(true);
  std::vector<bool> chosen;
  ChoosingDialer dialer(direct, forward, 1h, [&](bool directly) { chosen.push_back(directly); });
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  EXPECT_NE(dialer.dial(pod("a"), deadline), nullptr);
  EXPECT_THAT(chosen, ElementsAre());
  EXPECT_NE(dialer.dial(pod("b"), deadline), nullptr);
  EXPECT_THROW(dialer.dial(pod("c"), deadline), core::PortRefused);
  EXPECT_THAT(direct.connected.pods, ElementsAre("b"));
  EXPECT_THAT(forward.pods, ElementsAre("a"));
  EXPECT_THAT(chosen, ElementsAre(true));
}

// A network that is not the cluster's may refuse, too.
TEST(ChoosingDialer, WhoMayNotGoThroughTheApiServerIsToldSo) {
  RefusingDialer direct("a");
  ForbiddenDialer forward;
  ChoosingDialer dialer(direct, forward, 1h);
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  try {
    dialer.dial(pod("a"), deadline);
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::not_allowed);
  }
  EXPECT_NE(dialer.dial(pod("b"), deadline), nullptr);
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
