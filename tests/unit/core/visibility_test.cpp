#include "core/visibility.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "tests/support/fake_clock.h"
#include "tests/support/fake_cluster.h"

namespace podreg::core {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

class HookedClock : public tests::FakeClock {
 public:
  void sleep(std::chrono::milliseconds time) override {
    FakeClock::sleep(time);
    if (on_sleep) on_sleep();
  }
  std::function<void()> on_sleep;
};

class Visibility : public ::testing::Test {
 protected:
  Visibility() {
    ServiceState state{
        .ns = "demo", .name = "shop", .service = {}, .endpoints = {}, .slice_addresses = {}};
    state.service = Service{"demo", "shop", "ClusterIP", {{"app", "shop"}}, {}};
    state.endpoints = Endpoints{"demo", "shop", {{{}, {}, {{"", "TCP", 20880}}}}, false};
    cluster_.states = {state};
    cluster_.writable =
        Pod{"demo", "shop-0", "1", {{"app", "shop"}}, "Running", false, true, "{\"a\":\"b\"}"};
  }

  void become_ready() {
    cluster_.states[0].endpoints->subsets[0].addresses = {{"10.0.0.1", "shop-0", ""}};
  }

  std::vector<PodFailure> wait(const std::vector<std::string>& pods) {
    return wait_until_visible(cluster_, clock_, "demo", pods, 10s);
  }

  tests::FakeCluster cluster_;
  HookedClock clock_;
};

TEST_F(Visibility, ReturnsWhenConsumersSeeThePod) {
  clock_.on_sleep = [&] {
    if (clock_.slept.size() == 3) become_ready();
  };
  EXPECT_THAT(wait({"shop-0"}), IsEmpty());
  EXPECT_EQ(clock_.slept.size(), 3U);
}

TEST_F(Visibility, SaysWhatIsMissingWhenTheTimeIsOver) {
  const auto failures = wait({"shop-0"});
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_EQ(failures[0].error.kind(), ErrorKind::not_met);
  EXPECT_THAT(failures[0].error.what(),
              HasSubstr("not among the ready addresses of Service \"shop\""));
  EXPECT_EQ(std::accumulate(clock_.slept.begin(), clock_.slept.end(), 0ms), 10s);
}

TEST_F(Visibility, NamesEveryPodThatIsNotSeen) {
  const auto failures = wait({"shop-0", "gone-1", "gone-2"});
  std::vector<std::string> pods;
  for (const auto& failure : failures) pods.push_back(failure.pod);
  EXPECT_THAT(pods, ElementsAre("gone-1", "gone-2", "shop-0"));
  EXPECT_EQ(failures[0].error.kind(), ErrorKind::not_found);
}

TEST_F(Visibility, APodThatIsGoneIsNotWaitedFor) {
  EXPECT_EQ(wait({"gone-1"}).size(), 1U);
  EXPECT_THAT(clock_.slept, IsEmpty());
}

TEST_F(Visibility, AsksForTheServicesOnceForAllPods) {
  become_ready();
  wait({"shop-0", "gone-1"});
  EXPECT_EQ(std::ranges::count(cluster_.requests, "services demo/*"), 1);
}

TEST_F(Visibility, AServiceWithoutASelectorShowsThePodsThatItsEndpointsName) {
  cluster_.states[0].service->selector = {};
  become_ready();
  EXPECT_THAT(wait({"shop-0"}), IsEmpty());
}

}  // namespace
}  // namespace podreg::core
