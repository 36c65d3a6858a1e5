#include "rpc/parallel.h"

#include <gmock/gmock.h>
#include <pthread.h>

#include <atomic>
#include <barrier>
#include <set>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <vector>

namespace podreg::rpc {
namespace {

using testing::Each;
using testing::ElementsAre;

// For as long as it lives no thread begins: its stack would be larger than all memory.
class NoMoreThreads {
 public:
  NoMoreThreads() {
    ::pthread_getattr_default_np(&usual_);
    pthread_attr_t endless;
    ::pthread_attr_init(&endless);
    ::pthread_attr_setstacksize(&endless, std::size_t{1} << 50);
    ::pthread_setattr_default_np(&endless);
    ::pthread_attr_destroy(&endless);
  }
  ~NoMoreThreads() {
    ::pthread_setattr_default_np(&usual_);
    ::pthread_attr_destroy(&usual_);
  }
  NoMoreThreads(const NoMoreThreads&) = delete;
  NoMoreThreads& operator=(const NoMoreThreads&) = delete;

 private:
  pthread_attr_t usual_{};
};

// How often each was done.
std::vector<int> done_of(std::size_t count, std::size_t concurrency) {
  std::vector<std::atomic<int>> done(count);
  for_each_parallel(count, concurrency, [&](std::size_t i) { return ++done[i] > 0; }, {});
  return {done.begin(), done.end()};
}

TEST(ForEachParallel, DoesEverythingOnce) {
  for (const std::size_t concurrency : {0U, 1U, 3U, 200U}) {
    EXPECT_THAT(done_of(100, concurrency), Each(1)) << concurrency;
    EXPECT_THAT(done_of(0, concurrency), ElementsAre()) << concurrency;
  }
}

TEST(ForEachParallel, AsManyAsAreAllowedAreUnderWayAtOnce) {
  std::barrier all(3);
  const auto meet = [&](std::size_t) {
    all.arrive_and_wait();
    return true;
  };
  for_each_parallel(3, 3, meet, {});
}

TEST(ForEachParallel, WithoutMoreThreadsThatOfTheCallerDoesEverything) {
  const NoMoreThreads none;
  ASSERT_THROW(std::thread([] {}).join(), std::system_error);
  std::set<std::thread::id> threads;
  std::vector<std::size_t> done;
  for_each_parallel(5, 4,
                    [&](std::size_t i) {
                      threads.insert(std::this_thread::get_id());
                      done.push_back(i);
                      return true;
                    },
                    {});
  EXPECT_THAT(done, ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(threads, ElementsAre(std::this_thread::get_id()));
}

TEST(ForEachParallel, TellsWhatIsDoneAndWhatFailed) {
  std::vector<std::size_t> failed;
  for_each_parallel(
      3, 1, [](std::size_t i) { return i != 1; },
      [&](const Tally& tally) { failed.push_back(tally.failed); });
  EXPECT_THAT(failed, ElementsAre(0, 0, 1, 1));
}

TEST(ForEachParallel, AnExceptionEndsItAndIsThrownAgain) {
  std::vector<std::size_t> begun;
  const auto work = [&](std::size_t i) {
    begun.push_back(i);
    if (i == 1) throw std::runtime_error("enough");
    return true;
  };
  EXPECT_THROW(for_each_parallel(5, 1, work, {}), std::runtime_error);
  EXPECT_THAT(begun, ElementsAre(0, 1));
}

}  // namespace
}  // namespace podreg::rpc
