// What client-go's reflector and retry watcher promise, on a server that does what a test says.
#include "k8s/reflector.h"

#include <gmock/gmock.h>

#include "tests/unit/k8s/caught.h"
#include "tests/unit/k8s/reflector_fixture.h"
#include "tests/unit/k8s/tokens_in_turn.h"

namespace podreg::k8s {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using tests::caught;
using tests::TurnsServer;

TEST_F(ReflectorTest, ListsAndThenWatchesFromTheVersionOfTheList) {
  follow({listing({pod_json("a", "5"), pod_json("b", "3")}, "7"), watching("")});
  ASSERT_TRUE(until_asked(2));
  EXPECT_THAT(pods(), ElementsAre("a", "b"));
  EXPECT_TRUE(reflector_->has_listed());
  EXPECT_THAT(targets(),
              ElementsAre("/api/v1/namespaces/demo/pods?labelSelector=app%3Dshop",
                          "/api/v1/namespaces/demo/pods?labelSelector=app%3Dshop&watch=true"
                          "&allowWatchBookmarks=true&resourceVersion=7&timeoutSeconds=180"));
}

TEST_F(ReflectorTest, AsksForThePodsAsMetadata) {
  follow({listing({}, "1"), watching("")});
  ASSERT_TRUE(until_asked(2));
  EXPECT_THAT(server_->requests()[0], HasSubstr("as=PartialObjectMetadataList"));
  EXPECT_THAT(server_->requests()[1], HasSubstr("as=PartialObjectMetadata;"));
}

TEST_F(ReflectorTest, FollowsWhatTheWatchTells) {
  follow({listing({pod_json("a", "1"), pod_json("b", "2")}, "3"),
          watching(event("ADDED", pod_json("c", "4")) + event("DELETED", pod_json("a", "5")) +
                   event("MODIFIED", pod_json("b", "6", R"({"zone":"z1"})")))});
  ASSERT_TRUE(until([&] {
    const auto& listed = store_.pods().listed;
    const auto b = listed.find("b");
    return b != listed.end() && b->second.metadata->find("zone") == "z1";
  }));
  EXPECT_THAT(pods(), ElementsAre("b", "c"));
}

TEST_F(ReflectorTest, AnEmptyListIsAListToo) {
  follow({listing({}, "1"), watching("")});
  ASSERT_TRUE(until([&] { return reflector_->has_listed(); }));
  EXPECT_EQ(changes_, 1);
}

TEST_F(ReflectorTest, WhatSaysTheSameIsNoChange) {
  follow({listing({pod_json("a", "1")}, "1"),
          watching(event("MODIFIED", pod_json("a", "2")) + event("DELETED", pod_json("zzz", "3")) +
                   bookmark("4"))});
  ASSERT_TRUE(until_asked(2));
  work_a_little();
  EXPECT_EQ(changes_, 1);
}

TEST_F(ReflectorTest, GoesOnFromTheLastVersionOfAnEvent) {
  follow({listing({}, "1"), watching_and_ending(event("ADDED", pod_json("a", "9"))), watching("")});
  ASSERT_TRUE(until_asked(3));
  EXPECT_THAT(targets()[2], HasSubstr("resourceVersion=9&"));
  EXPECT_THAT(troubles_, IsEmpty());
}

TEST_F(ReflectorTest, GoesOnFromTheLastBookmark) {
  follow({listing({pod_json("a", "1")}, "1"), watching_and_ending(bookmark("50")),
          watching_and_ending(bookmark("90")), watching("")});
  ASSERT_TRUE(until_asked(4));
  EXPECT_THAT(targets()[2], HasSubstr("resourceVersion=50&"));
  EXPECT_THAT(targets()[3], HasSubstr("resourceVersion=90&"));
  EXPECT_THAT(pods(), ElementsAre("a"));
  EXPECT_EQ(changes_, 1);
}

TEST_F(ReflectorTest, OutlivesAnyNumberOfWatchesThatEnd) {
  std::vector<TurnsServer::Turn> turns = {listing({}, "1")};
  for (const int version : {7, 8, 120, 121, 5000}) {
    turns.push_back(watching_and_ending(
        event("ADDED", pod_json("p" + std::to_string(version), std::to_string(version)))));
  }
  turns.push_back(watching(""));
  follow(turns);
  ASSERT_TRUE(until_asked(7));
  EXPECT_THAT(pods(), ElementsAre("p120", "p121", "p5000", "p7", "p8"));
  EXPECT_THAT(targets()[4], HasSubstr("resourceVersion=120&"));
  EXPECT_THAT(targets()[6], HasSubstr("resourceVersion=5000&"));
  EXPECT_EQ(changes_, 6);
}

TEST_F(ReflectorTest, AConnectionThatBreaksOffInTheMiddleOfAnEventLosesNothing) {
  const auto b = event("ADDED", pod_json("b", "3"));
  follow({listing({}, "1"),
          watching_and_breaking_off(event("ADDED", pod_json("a", "2")) + b.substr(0, b.size() / 2)),
          watching(b)});
  ASSERT_TRUE(until_has({"a", "b"}));
  EXPECT_THAT(targets()[2], HasSubstr("resourceVersion=2&"));
}

TEST_F(ReflectorTest, AnEventMayComeByteByByte) {
  const auto bytes = event("ADDED", pod_json("a", "2")) + event("ADDED", pod_json("b", "3"));
  follow({listing({}, "1"), [bytes](tests::Peer& peer) {
            peer.write(kWatchHead);
            for (const char byte : bytes) peer.write(chunk(std::string(1, byte)));
            peer.wait_for_end();
            return false;
          }});
  ASSERT_TRUE(until_has({"a", "b"}));
}

TEST_F(ReflectorTest, AVersionThatIsTooOldMeansTheListAnewOfWhichOnlyTheDifferencesCount) {
  follow({listing({pod_json("a", "1"), pod_json("b", "1")}, "1"), failing("410 Gone", "Expired"),
          listing({pod_json("b", "8"), pod_json("c", "8")}, "8"), watching("")});
  ASSERT_TRUE(until_asked(4));
  EXPECT_THAT(pods(), ElementsAre("b", "c"));
  EXPECT_EQ(changes_, 2);
  EXPECT_THAT(targets()[2], Not(HasSubstr("watch")));
  EXPECT_THAT(targets()[3], HasSubstr("resourceVersion=8&"));
}

TEST_F(ReflectorTest, AListAnewThatSaysTheSameIsNoChange) {
  follow({listing({pod_json("a", "1")}, "1"), watching_and_ending(error_event(410, "Expired")),
          listing({pod_json("a", "1")}, "8"), watching("")});
  ASSERT_TRUE(until_asked(4));
  EXPECT_EQ(changes_, 1);
}

TEST_F(ReflectorTest, AnErrorEventOfAnyKindMeansTheListAnew) {
  for (const int code : {410, 429, 500, 504}) {
    follow({listing({pod_json("a", "1")}, "1"), watching(error_event(code, "Bad")),
            listing({pod_json("b", "5")}, "5"), watching("")});
    ASSERT_TRUE(until_asked(4)) << code;
    EXPECT_THAT(pods(), ElementsAre("b")) << code;
    EXPECT_THAT(targets()[2], Not(HasSubstr("watch"))) << code;
  }
}

TEST_F(ReflectorTest, WhatIsNoEventMeansTheListAnew) {
  for (const std::string bad :
       {"<html>\n", "{\"type\":\"ADDED\"}\n", "{\"type\":\"PATCHED\",\"object\":{}}\n", "[1]\n",
        // NOLINTNEXTLINE(bugprone-suspicious-missing-comma)
        "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Service\",\"apiVersion\":\"v1\","
        "\"metadata\":{\"name\":\"x\"}}}\n"}) {
    follow({listing({}, "1"), watching(bad), listing({}, "2"), watching("")});
    ASSERT_TRUE(until_asked(4)) << bad;
    EXPECT_THAT(targets()[2], Not(HasSubstr("watch"))) << bad;
  }
}

TEST_F(ReflectorTest, TheFirstListIsTriedFourTimes) {
  follow({failing("503 Service Unavailable", "Down"), failing("503 Service Unavailable", "Down"),
          failing("503 Service Unavailable", "Down"), failing("503 Service Unavailable", "Down")});
  const auto error = caught([&] { (void)until([] { return false; }); });
  EXPECT_EQ(error.kind, core::ErrorKind::unreachable);
  EXPECT_THAT(server_->requests(), SizeIs(4));
}

TEST_F(ReflectorTest, WhenAllHasWorkedOnceAFirstListIsTriedForEver) {
  std::vector<TurnsServer::Turn> turns(8, failing("503 Service Unavailable", "Down"));
  turns.push_back(failing("403 Forbidden", "Forbidden"));
  turns.push_back(listing({pod_json("a", "1")}, "1"));
  turns.push_back(watching(""));
  follow(turns);
  context_->is_established = true;
  ASSERT_TRUE(until_has({"a"}));
}

TEST_F(ReflectorTest, AListThatIsCutShortIsAskedForAgainAndShowsNothingOfItself) {
  const auto list = pod_list_json({pod_json("a", "1"), pod_json("b", "1")}, "1");
  follow({tests::breaking_off_after("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                    "Content-Length: 5000\r\n\r\n" +
                                    list.substr(0, list.size() - 20)),
          listing({pod_json("b", "2")}, "2"), watching("")});
  ASSERT_TRUE(until([&] { return reflector_->has_listed(); }));
  EXPECT_THAT(pods(), ElementsAre("b"));
}

TEST_F(ReflectorTest, AListWithoutAVersionIsNoneToGoOnFrom) {
  follow(std::vector<TurnsServer::Turn>(4, listing({pod_json("a", "1")}, "")));
  const auto error = caught([&] { (void)until([] { return false; }); });
  EXPECT_EQ(error.kind, core::ErrorKind::invalid_data);
}

TEST_F(ReflectorTest, WhoMayNotListIsToldSo) {
  follow({failing("403 Forbidden", "Forbidden")});
  const auto error = caught([&] { (void)until([] { return false; }); });
  EXPECT_EQ(error.kind, core::ErrorKind::not_allowed);
  EXPECT_THAT(error.message, HasSubstr("list pods"));
}

TEST_F(ReflectorTest, WhoMayNotWatchIsToldSoAtOnce) {
  follow({listing({}, "1"), failing("403 Forbidden", "Forbidden")});
  const auto error = caught([&] { (void)until([] { return false; }); });
  EXPECT_EQ(error.kind, core::ErrorKind::not_allowed);
  EXPECT_THAT(error.message, HasSubstr("watch pods"));
  EXPECT_THAT(server_->requests(), SizeIs(2));
}

TEST_F(ReflectorTest, ATokenThatHasExpiredIsAskedForAgain) {
  credentials_ = std::make_shared<TokensInTurn>(std::vector<std::string>{"old", "new"});
  follow({listing({}, "1"), failing("401 Unauthorized", "Unauthorized"),
          watching(event("ADDED", pod_json("a", "2")))});
  ASSERT_TRUE(until_has({"a"}));
  EXPECT_THAT(server_->requests().at(1), HasSubstr("Bearer old"));
  EXPECT_THAT(server_->requests().at(2), HasSubstr("Bearer new"));
}

TEST_F(ReflectorTest, CredentialsThatCannotBeHadForNowAreNoEnd) {
  credentials_ = std::make_shared<TokensInTurn>(std::vector<std::string>{"old", "", "new"});
  follow({listing({}, "1"), failing("401 Unauthorized", "Unauthorized"),
          watching(event("ADDED", pod_json("a", "2")))});
  ASSERT_TRUE(until_has({"a"}));
  EXPECT_THAT(server_->requests().at(2), HasSubstr("Bearer new"));
}

TEST_F(ReflectorTest, AnErrorThatRepeatsTheTokenDoesNotShowIt) {
  credentials_ = bearer_token("s3cret");
  follow({listing({}, "1"), watching(error_event(500, "Bearer s3cret")), failing("500 No", "No")});
  ASSERT_TRUE(until([&] { return !reflector_->failure().empty(); }));
  EXPECT_THAT(reflector_->failure(), HasSubstr("it is Bearer <masked>"));
}

TEST_F(ReflectorTest, WhatIsNoListOfPodsIsToldSo) {
  const auto message_of = [&](const std::string& body, const std::string& type) {
    follow(std::vector<TurnsServer::Turn>(4, tests::answering("200 OK", body, "", type)));
    return caught([&] { (void)until([] { return false; }); }).message;
  };
  EXPECT_THAT(message_of("<html>", "text/html"), HasSubstr("text/html"));
  EXPECT_THAT(message_of(R"({"kind":"PodList","apiVersion":"v1","metadata":{},"items":[]})",
                         "application/json"),
              HasSubstr("holds no list of pods"));
}

TEST_F(ReflectorTest, ARefusalThatPassesByIsNoEnd) {
  follow({listing({}, "1"), watching_and_ending(bookmark("1")),
          failing("403 Forbidden", "Forbidden"), failing("403 Forbidden", "Forbidden"),
          watching(event("ADDED", pod_json("a", "2")))});
  ASSERT_TRUE(until_has({"a"}));
}

// A server that comes back may not know its users for a moment.
TEST_F(ReflectorTest, TwoRefusalsWithSomethingElseBetweenThemAreNoneThatLasts) {
  timing_.refusal = std::chrono::milliseconds(60'000);
  follow({listing({}, "1"), watching_and_ending(bookmark("1")),
          failing("403 Forbidden", "Forbidden"), failing("503 Service Unavailable", "Down"),
          failing("403 Forbidden", "Forbidden"),
          tests::breaking_off_after("HTTP/1.1 200 OK\r\nContent-"),
          failing("403 Forbidden", "Forbidden"), watching(event("ADDED", pod_json("a", "2")))});
  for (const std::size_t refused : {std::size_t{3}, std::size_t{5}, std::size_t{7}}) {
    ASSERT_TRUE(until_asked(refused));
    work_a_little();
    clock_.ahead += 60'000;
  }
  ASSERT_TRUE(until_has({"a"}));
}

TEST_F(ReflectorTest, ARefusalThatLastsIsTheEnd) {
  timing_.refusal = std::chrono::milliseconds(20);
  std::vector<TurnsServer::Turn> turns = {listing({}, "1"), watching_and_ending(bookmark("1"))};
  turns.resize(10'000, failing("403 Forbidden", "Forbidden"));
  follow(turns);
  const auto error = caught([&] { (void)until([] { return false; }); });
  EXPECT_EQ(error.kind, core::ErrorKind::not_allowed);
  EXPECT_THAT(error.message, HasSubstr("watch pods"));
}

}  // namespace
}  // namespace podreg::k8s
