// When a reflector asks again, and how long it waits for an answer.
#include <gmock/gmock.h>

#include <condition_variable>
#include <mutex>

#include "tests/unit/k8s/reflector_fixture.h"

namespace podreg::k8s {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using tests::TurnsServer;

using ReflectorTimeTest = ReflectorTest;

// What a server waits for before it goes on.
class Bell {
 public:
  void ring() {
    const std::lock_guard lock(mutex_);
    ++rung_;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(30), [this] { return rung_ > 0; });
    --rung_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int rung_ = 0;
};

TEST_F(ReflectorTimeTest, AServerThatAsksForTimeGetsIt) {
  follow({listing({}, "1"),
          failing("429 Too Many Requests", "TooManyRequests", "Retry-After: 60\r\n"),
          watching("")});
  ASSERT_TRUE(until_asked(2));
  work_a_little();
  EXPECT_THAT(server_->requests(), SizeIs(2));
  clock_.ahead += 60'000;
  ASSERT_TRUE(until_asked(3));
  EXPECT_THAT(targets()[2], HasSubstr("resourceVersion=1&"));
}

TEST_F(ReflectorTimeTest, FailuresAreTriedAgainForEverFromTheSameVersion) {
  std::vector<TurnsServer::Turn> turns = {listing({pod_json("a", "1")}, "6")};
  for (int i = 0; i < 12; ++i) turns.push_back(failing("503 Service Unavailable", "Down"));
  turns.push_back(watching(event("ADDED", pod_json("b", "7"))));
  follow(turns);
  ASSERT_TRUE(until_has({"a", "b"}));
  EXPECT_THAT(targets().back(), HasSubstr("resourceVersion=6&"));
  ASSERT_THAT(troubles_, SizeIs(12));  // the first is told to nobody, the end is
  EXPECT_THAT(troubles_.front().reason, HasSubstr("503"));
  EXPECT_THAT(troubles_.front().what, HasSubstr("pods in namespace \"demo\""));
  EXPECT_THAT(troubles_.back().reason, "");
}

TEST_F(ReflectorTimeTest, PausesAreShortAgainWhenAWatchThatWentOnHasToldSomething) {
  const auto down = failing("503 Service Unavailable", "Down");
  follow({listing({}, "1"), watching_and_breaking_off(event("ADDED", pod_json("a", "2"))), down,
          down, down, watching_and_breaking_off(event("ADDED", pod_json("b", "3"))), down, down,
          watching("")});
  ASSERT_TRUE(until_asked(9));
  std::vector<std::int64_t> pauses;
  for (const auto& trouble : troubles_) {
    if (!trouble.reason.empty()) pauses.push_back(trouble.pause.count());
  }
  EXPECT_THAT(pauses,
              ElementsAre(2, 4, 4, 2, 4));  // the first of a row, of 1 ms, is told to nobody
}

// The list works each time, and so it would be told to nobody.
TEST_F(ReflectorTimeTest, AWatchThatBreaksAgainAndAgainIsTold) {
  std::vector<TurnsServer::Turn> turns;
  for (const char* version : {"1", "2", "3"}) {
    turns.push_back(listing({pod_json("a", version)}, version));
    turns.push_back(watching("nonsense\n"));
  }
  follow(turns);
  ASSERT_TRUE(until_asked(7));
  ASSERT_THAT(troubles_, testing::Not(IsEmpty()));
  EXPECT_THAT(troubles_.front().reason, HasSubstr("watch of pods"));
}

TEST_F(ReflectorTimeTest, AWatchThatBreaksNowAndThenIsNot) {
  Bell time;
  std::vector<TurnsServer::Turn> turns = {listing({}, "1")};
  for (int i = 0; i < 3; ++i) {
    turns.emplace_back([&time](tests::Peer& peer) {
      peer.write(kWatchHead);
      time.wait();
      peer.write("5\r\n{");
      return false;
    });
  }
  follow(turns);
  for (int answers = 2; answers < 5; ++answers) {
    ASSERT_TRUE(until([&] { return context_->answers >= answers; }));
    clock_.ahead += 10'000;
    time.ring();
  }
  ASSERT_TRUE(until_asked(5));
  EXPECT_THAT(troubles_, IsEmpty());
}

TEST_F(ReflectorTimeTest, PausesStayLongWhenEveryListIsSoonTooOld) {
  const auto forgets = watching(event("ADDED", pod_json("a", "2")) + error_event(500, "Bad"));
  std::vector<TurnsServer::Turn> turns;
  for (int i = 0; i < 5; ++i) {
    turns.push_back(listing({}, "1"));
    turns.push_back(forgets);
  }
  timing_.backoff = {std::chrono::milliseconds(1), std::chrono::milliseconds(64),
                     std::chrono::milliseconds(60'000)};
  follow(turns);
  const auto began = clock_.steady_milliseconds();
  ASSERT_TRUE(until_asked(11));
  EXPECT_GE(clock_.steady_milliseconds() - began, 1 + 2 + 4 + 8 + 16);
}

TEST_F(ReflectorTimeTest, AWatchThatIsSilentForTooLongIsBroken) {
  timing_.watch = std::chrono::seconds(0);  // over at once
  timing_.margin = std::chrono::milliseconds(50);
  follow({listing({}, "1"), watching(bookmark("4")), watching(event("ADDED", pod_json("a", "5")))});
  ASSERT_TRUE(until_has({"a"}));
  EXPECT_GE(silences_, 1);
  EXPECT_THAT(targets()[2], HasSubstr("resourceVersion=4"));
}

TEST_F(ReflectorTimeTest, AnAnswerThatDoesNotBeginIsBroken) {
  timing_.answer = std::chrono::milliseconds(50);
  follow({listing({}, "1"),
          [](tests::Peer& peer) {
            peer.wait_for_end();
            return false;
          },
          watching(event("ADDED", pod_json("a", "5")))});
  ASSERT_TRUE(until_has({"a"}));
  EXPECT_GE(silences_, 1);
}

TEST_F(ReflectorTimeTest, AWatchThatEndsAtOnceIsPausedFor) {
  follow({listing({}, "1"), tests::breaking_off_after(kWatchHead + "0\r\n\r\n"),
          watching(event("ADDED", pod_json("a", "5")))});
  ASSERT_TRUE(until_has({"a"}));
}

// As a server does it to which nothing happens: a bookmark each minute, and after three of them the
// time of the watch is over.
TEST_F(ReflectorTimeTest, AnHourOfBookmarksIsNoChangeAndLosesNothing) {
  constexpr int kWatches = 20;
  constexpr int kMinutes = 3;
  Bell minute;
  std::vector<TurnsServer::Turn> turns = {listing({pod_json("a", "1")}, "100")};
  for (int number = 0; number < kWatches; ++number) {
    turns.emplace_back([&minute, number](tests::Peer& peer) {
      peer.write(kWatchHead);
      for (int i = 1; i <= kMinutes; ++i) {
        minute.wait();
        peer.write(chunk(bookmark(std::to_string(100 + number * kMinutes + i))));
      }
      return peer.write("0\r\n\r\n");
    });
  }
  turns.push_back(watching(event("ADDED", pod_json("b", "161"))));
  follow(turns);
  for (std::size_t number = 0; number < kWatches; ++number) {
    ASSERT_TRUE(until_asked(2 + number));
    for (int i = 0; i < kMinutes; ++i) {
      work_a_little();
      clock_.ahead += 60'000;
      minute.ring();
    }
  }
  ASSERT_TRUE(until_has({"a", "b"}));

  const auto asked = targets();
  ASSERT_THAT(asked, SizeIs(2 + kWatches));
  for (std::size_t number = 0; number <= kWatches; ++number) {
    EXPECT_THAT(asked[1 + number],
                HasSubstr("resourceVersion=" + std::to_string(100 + number * kMinutes) + "&"));
  }
  EXPECT_EQ(changes_, 2);
  EXPECT_EQ(silences_, 0);
  EXPECT_THAT(troubles_, IsEmpty());
}

TEST_F(ReflectorTimeTest, TheTimeOfAWatchIsLongerByChance) {
  jitter_ = [] { return 0.5; };
  follow({listing({}, "1"), watching("")});
  ASSERT_TRUE(until_asked(2));
  EXPECT_THAT(targets()[1], HasSubstr("timeoutSeconds=270"));
}

TEST_F(ReflectorTimeTest, AServerThatAsksForTimeInAnEventGetsIt) {
  follow({listing({}, "1"),
          watching(event("ERROR", R"({"kind":"Status","code":500,"message":"no",)"
                                  R"("details":{"retryAfterSeconds":60}})")),
          listing({}, "2"), watching("")});
  ASSERT_TRUE(until_asked(2));
  work_a_little();
  EXPECT_THAT(server_->requests(), SizeIs(2));
  clock_.ahead += 60'000;
  ASSERT_TRUE(until_asked(4));
}

TEST_F(ReflectorTimeTest, ARefusalForNowIsNoReasonToListAnew) {
  for (const std::string status : {"429 Too Many Requests", "500 Internal Server Error",
                                   "503 Service Unavailable", "504 Gateway Timeout"}) {
    follow({listing({}, "6"), failing(status, "Later"), failing(status, "Later"),
            watching(event("ADDED", pod_json("a", "7")))});
    ASSERT_TRUE(until_asked(4)) << status;
    for (std::size_t i = 1; i < 4; ++i)
      EXPECT_THAT(targets()[i], HasSubstr("resourceVersion=6&")) << status;
  }
}

}  // namespace
}  // namespace podreg::k8s
