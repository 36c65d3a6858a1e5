// The same of a server that sends a list as the first events of a watch.
#include <gmock/gmock.h>

#include "tests/unit/k8s/caught.h"
#include "tests/unit/k8s/reflector_fixture.h"

namespace podreg::k8s {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class StreamingReflectorTest : public ReflectorTest {
 protected:
  StreamingReflectorTest() { streams_lists_ = true; }
};

TEST_F(StreamingReflectorTest, TheListComesAsTheFirstEventsOfTheWatch) {
  follow({watching(event("ADDED", pod_json("a", "1")) + event("ADDED", pod_json("b", "2")) +
                   bookmark("9", true) + event("DELETED", pod_json("a", "10")))});
  ASSERT_TRUE(until_has({"b"}));
  EXPECT_THAT(targets(), ElementsAre("/api/v1/namespaces/demo/pods?labelSelector=app%3Dshop"
                                     "&watch=true&allowWatchBookmarks=true&sendInitialEvents=true"
                                     "&resourceVersionMatch=NotOlderThan&timeoutSeconds=180"));
}

TEST_F(StreamingReflectorTest, NothingIsShownBeforeTheListIsComplete) {
  follow({watching(event("ADDED", pod_json("a", "1")) + bookmark("5"))});
  ASSERT_TRUE(until_asked(1));
  work_a_little();
  EXPECT_THAT(pods(), IsEmpty());
  EXPECT_FALSE(reflector_->has_listed());
}

TEST_F(StreamingReflectorTest, WhatChangesWhileTheListComesIsPartOfIt) {
  follow(
      {watching(event("ADDED", pod_json("a", "1")) + event("ADDED", pod_json("b", "2")) +
                event("DELETED", pod_json("a", "3")) +
                event("MODIFIED", pod_json("b", "4", R"({"zone":"z1"})")) + bookmark("9", true))});
  ASSERT_TRUE(until_has({"b"}));
  EXPECT_EQ(store_.pods().listed.at("b").metadata->find("zone"), "z1");
  EXPECT_EQ(changes_, 1);
}

TEST_F(StreamingReflectorTest, AListThatCannotBeStreamedForNowIsAskedForAsSuch) {
  for (const std::string status : {"500 Internal Server Error", "504 Gateway Timeout"}) {
    follow({failing(status, "Timeout"), listing({pod_json("a", "1")}, "1"),
            watching(error_event(410, "Expired")),
            watching(event("ADDED", pod_json("b", "5")) + bookmark("6", true))});
    ASSERT_TRUE(until_asked(4)) << status;
    ASSERT_TRUE(until_has({"b"})) << status;
    EXPECT_THAT(targets()[1], Not(HasSubstr("watch"))) << status;
    EXPECT_THAT(targets()[3], HasSubstr("sendInitialEvents=true")) << status;
  }
}

TEST_F(StreamingReflectorTest, AListThatEndsWithAnErrorIsAskedForAsSuch) {
  follow({watching(event("ADDED", pod_json("a", "1")) + error_event(500, "Bad")),
          listing({pod_json("b", "1")}, "1"), watching("")});
  ASSERT_TRUE(until_has({"b"}));
  EXPECT_THAT(targets()[1], Not(HasSubstr("watch")));
}

TEST_F(StreamingReflectorTest, AListWhoseVersionIsTooOldIsAskedForAsSuchAndNotForEver) {
  const auto too_old = watching(error_event(410, "Expired"));
  follow({too_old, failing("410 Gone", "Expired")});
  const auto error = tests::caught([&] { (void)until([] { return false; }); });
  EXPECT_EQ(error.kind, core::ErrorKind::unreachable);
  EXPECT_THAT(error.message, HasSubstr("410"));
  EXPECT_THAT(targets(), testing::SizeIs(2));
  EXPECT_THAT(targets()[1], Not(HasSubstr("watch")));
}

TEST_F(StreamingReflectorTest, AServerThatIsTooBusyIsAskedForTheSameAgain) {
  follow({failing("429 Too Many Requests", "Busy", "Retry-After: 0\r\n"),
          watching(event("ADDED", pod_json("a", "1")) + bookmark("2", true))});
  ASSERT_TRUE(until_has({"a"}));
  EXPECT_THAT(targets()[1], HasSubstr("sendInitialEvents=true"));
}

TEST_F(StreamingReflectorTest, AListThatBreaksOffBeginsAnew) {
  follow({watching_and_breaking_off(event("ADDED", pod_json("a", "1"))),
          watching(event("ADDED", pod_json("b", "2")) + bookmark("9", true))});
  ASSERT_TRUE(until_has({"b"}));
  EXPECT_THAT(targets()[1], HasSubstr("sendInitialEvents=true"));
}

TEST_F(StreamingReflectorTest, AServerThatCannotIsAskedForAList) {
  follow({refusing_to_stream(), listing({pod_json("a", "1")}, "1"), watching("")});
  ASSERT_TRUE(until_asked(3));
  EXPECT_THAT(pods(), ElementsAre("a"));
  EXPECT_FALSE(context_->streams_lists);
}

TEST_F(StreamingReflectorTest, AServerThatNeverEndsTheListIsAskedForOne) {
  timing_.initial_end = std::chrono::milliseconds(50);
  follow({watching(event("ADDED", pod_json("a", "1"))), listing({pod_json("b", "1")}, "1"),
          watching("")});
  ASSERT_TRUE(until_asked(3));
  EXPECT_THAT(pods(), ElementsAre("b"));
}

TEST_F(StreamingReflectorTest, AListWhoseEventsNeverEndIsAskedForAsSuch) {
  largest_list_ = 1 << 20;
  for (const std::string& events : {event("ADDED", pod_json("a", "1")), bookmark("3")}) {
    follow({watching_without_end(events), listing({pod_json("b", "1")}, "7"), watching("")});
    ASSERT_TRUE(until_asked(3)) << events;
    EXPECT_THAT(pods(), ElementsAre("b"));
    EXPECT_THAT(targets()[1], Not(HasSubstr("watch")));
    EXPECT_THAT(targets()[2], HasSubstr("resourceVersion=7&"));
    EXPECT_TRUE(context_->streams_lists);  // it can, but not this one
  }
}

TEST_F(StreamingReflectorTest, AListWhoseEventsOutlastTheRequestTimeoutIsAskedForAsSuch) {
  timeouts_ = Timeouts::within(std::chrono::milliseconds(300));
  follow({watching_without_end(event("MODIFIED", pod_json("a", "1")), std::chrono::milliseconds(5)),
          listing({pod_json("b", "1")}, "7"), watching("")});
  ASSERT_TRUE(until_asked(1));
  ASSERT_TRUE(until([&] {  // the head is there
    return reflector_->next_step_at() <= clock_.steady_milliseconds() + 300;
  }));
  EXPECT_THAT(targets(), testing::SizeIs(1));
  ASSERT_TRUE(until_asked(3));
  EXPECT_THAT(pods(), ElementsAre("b"));
  EXPECT_THAT(targets()[1], Not(HasSubstr("watch")));
}

TEST_F(StreamingReflectorTest, AWatchOutlastsTheRequestTimeoutAndTheSizeOfAList) {
  timeouts_ = Timeouts::within(std::chrono::milliseconds(300));
  largest_list_ = 10'000;
  std::string later;
  while (later.size() < 100'000) later += event("MODIFIED", pod_json("a", "3"));
  follow({[&](tests::Peer& peer) {
    peer.write(kWatchHead + chunk(event("ADDED", pod_json("a", "1")) + bookmark("2", true)));
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    peer.write(chunk(later) + chunk(event("ADDED", pod_json("b", "4"))));
    peer.wait_for_end();
    return false;
  }});
  ASSERT_TRUE(until_has({"a", "b"}));
  EXPECT_THAT(targets(), testing::SizeIs(1));
}

TEST_F(StreamingReflectorTest, AListThatNeverEndsEitherWayFails) {
  largest_list_ = 1 << 20;
  const auto list = [](tests::Peer& peer) {
    peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"items\":[");
    while (peer.write(pod_json("b", "1") + ",")) {
    }
    return false;
  };
  follow({watching_without_end(event("ADDED", pod_json("a", "1"))), list});
  const auto error = tests::caught([&] { until_has({"never"}); });
  EXPECT_EQ(error.kind, core::ErrorKind::invalid_data);
  EXPECT_THAT(error.message, HasSubstr("is larger than 1 MiB"));
  EXPECT_THAT(targets(), testing::SizeIs(2));
}

TEST_F(StreamingReflectorTest, AfterAVersionThatIsTooOldTheListIsStreamedAgain) {
  follow({watching(event("ADDED", pod_json("a", "1")) + bookmark("2", true) +
                   error_event(410, "Expired")),
          watching(event("ADDED", pod_json("b", "5")) + bookmark("6", true))});
  ASSERT_TRUE(until_has({"b"}));
  EXPECT_THAT(targets()[1], HasSubstr("sendInitialEvents=true"));
}

TEST_F(StreamingReflectorTest, AWatchThatEndedGoesOnFromTheVersionOfTheList) {
  follow({watching_and_ending(event("ADDED", pod_json("a", "1")) + bookmark("9", true)),
          watching("")});
  ASSERT_TRUE(until_asked(2));
  EXPECT_THAT(targets()[1], HasSubstr("resourceVersion=9&"));
}

}  // namespace
}  // namespace podreg::k8s
