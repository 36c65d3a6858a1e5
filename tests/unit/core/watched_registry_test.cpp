#include "core/watched_registry.h"

#include <gmock/gmock.h>

#include "tests/support/fake_registry_watch.h"

namespace podreg::core {
namespace {

using std::chrono::milliseconds;
using testing::SizeIs;
using tests::shown_service;

class WatchedRegistryTest : public testing::Test {
 protected:
  // Something changes after so much time.
  void change_after(std::int64_t time) {
    watch_.steps.emplace_back([this, time] {
      clock_.now += time;
      return true;
    });
  }

  tests::FakeClock clock_;
  tests::FakeRegistryWatch watch_{clock_};
  WatchedRegistry registry_{watch_, clock_, milliseconds(50)};
};

TEST_F(WatchedRegistryTest, TheFirstPictureIsThereAsSoonAsEverythingIsListed) {
  watch_.is_consistent = false;
  watch_.steps.emplace_back([this] {
    watch_.is_consistent = true;
    watch_.shown.push_back(shown_service({{"a", "10.0.0.1"}}));
    return true;
  });
  const auto begin = clock_.now;
  EXPECT_TRUE(registry_.next(milliseconds(1000)));
  EXPECT_EQ(clock_.now, begin);
  ASSERT_THAT(registry_.picture(), SizeIs(1));
  EXPECT_THAT(registry_.picture().front().discovery.instances, SizeIs(1));
}

TEST_F(WatchedRegistryTest, WithoutAChangeTheLimitPasses) {
  ASSERT_TRUE(registry_.next(milliseconds(1000)));
  const auto begin = clock_.now;
  EXPECT_FALSE(registry_.next(milliseconds(1000)));
  EXPECT_EQ(clock_.now, begin + 1000);
}

TEST_F(WatchedRegistryTest, ChangesThatBelongTogetherMakeOnePicture) {
  ASSERT_TRUE(registry_.next(milliseconds(1000)));
  change_after(500);
  change_after(40);
  change_after(40);
  const auto begin = clock_.now;
  EXPECT_TRUE(registry_.next(milliseconds(10'000)));
  EXPECT_EQ(clock_.now, begin + 500 + 40 + 40 + 50);
  EXPECT_TRUE(watch_.steps.empty());
}

TEST_F(WatchedRegistryTest, ChangesThatNeverPauseAreShownAllTheSame) {
  ASSERT_TRUE(registry_.next(milliseconds(1000)));
  for (int i = 0; i < 100; ++i) change_after(20);
  const auto begin = clock_.now;
  EXPECT_TRUE(registry_.next(milliseconds(60'000)));
  EXPECT_EQ(clock_.now, begin + 20 + 500);
}

TEST_F(WatchedRegistryTest, ObjectsThatDoNotBelongTogetherAreNotShown) {
  ASSERT_TRUE(registry_.next(milliseconds(1000)));
  watch_.steps.emplace_back([this] {
    watch_.is_consistent = false;
    return true;
  });
  watch_.steps.emplace_back([this] {
    clock_.now += 5000;
    watch_.is_consistent = true;
    return true;
  });
  const auto begin = clock_.now;
  EXPECT_TRUE(registry_.next(milliseconds(60'000)));
  EXPECT_GE(clock_.now, begin + 5000);
}

TEST_F(WatchedRegistryTest, AWatchThatIsWokenReturns) {
  ASSERT_TRUE(registry_.next(milliseconds(1000)));
  watch_.steps.emplace_back([] { return false; });
  const auto begin = clock_.now;
  EXPECT_FALSE(registry_.next(milliseconds(60'000)));
  EXPECT_EQ(clock_.now, begin);
}

}  // namespace
}  // namespace podreg::core
