#include <gmock/gmock.h>

#include "core/error.h"
#include "k8s/response.h"
#include "k8s/transport.h"
#include "tests/support/fake_clock.h"
#include "tests/support/http2_peer.h"
#include "tests/support/turns_server.h"
#include "tests/unit/k8s/caught.h"
#include "tests/unit/k8s/tokens_in_turn.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using tests::answering;
using tests::breaking_off_after;
using tests::FakeClock;
using tests::Peer;
using tests::resetting_after;
using tests::TurnsServer;

const Request kPatch{"/x", "application/json", "PATCH", "application/json-patch+json", "[]"};

class TransportRetryTest : public testing::Test {
 protected:
  TransportRetryTest() {
    options_.clock = &clock_;
    options_.jitter = [] { return 1.0; };
    options_.on_retry = [this](const Retry& retry) { reasons_.push_back(retry.reason); };
  }

  // The status and body of a request.
  std::string ask(const std::string& url, const Request& request = {"/x"}) {
    Connection connection;
    connection.server = url;
    connection.credentials = credentials_;
    Transport transport(connection, options_);
    const auto response = transport.start(request);
    const int status = response->status();
    return std::to_string(status) + " " + response->read_up_to(1000);
  }
  std::string ask(const TurnsServer& server, const Request& request = {"/x"}) {
    return ask(server.url(), request);
  }

  FakeClock clock_;
  TransportOptions options_;
  std::vector<std::string> reasons_;
  std::shared_ptr<CredentialSource> credentials_;
};

TEST_F(TransportRetryTest, A429WithRetryAfterIsWaitedForOnTheSameConnection) {
  const TurnsServer server({answering("429 Too Many Requests", "slow down", "Retry-After: 5\r\n"),
                            answering("200 OK", "fine")});
  EXPECT_EQ(ask(server), "200 fine");
  EXPECT_THAT(clock_.slept, ElementsAre(milliseconds(5'200)));
  EXPECT_THAT(reasons_, ElementsAre("429"));
  EXPECT_EQ(server.server().connections(), 1);
}

TEST_F(TransportRetryTest, FaultsOfServersAndGatewaysPassBy) {
  for (const std::string status : {"500 Oops", "502 Bad Gateway", "503 Busy", "504 Too Late"}) {
    const TurnsServer server({answering(status), answering("200 OK", "fine")});
    EXPECT_EQ(ask(server), "200 fine") << status;
  }
}

TEST_F(TransportRetryTest, AFaultThatStaysIsAnsweredInTheEnd) {
  const TurnsServer server({answering("500 Oops", "1"), answering("503 Busy", "2"),
                            answering("500 Oops", "3"), answering("500 Oops", "4")});
  EXPECT_EQ(ask(server), "500 4");
  EXPECT_THAT(clock_.slept, ElementsAre(milliseconds(200), milliseconds(400), milliseconds(800)));
}

TEST_F(TransportRetryTest, WhatIsWrongWithTheRequestIsAskedOnce) {
  for (const std::string status : {"400 Bad", "403 Forbidden", "404 Not Found", "410 Gone"}) {
    const TurnsServer server({answering(status, "no")});
    EXPECT_EQ(ask(server), status.substr(0, 3) + " no");
  }
}

TEST_F(TransportRetryTest, AConnectionThatBreaksOffBeforeTheAnswerIsMadeAgain) {
  const TurnsServer server({breaking_off_after(""), resetting_after(""),
                            resetting_after("HTTP/1.1 200 OK\r\nContent-Ty"),
                            answering("200 OK", "fine")});
  EXPECT_EQ(ask(server), "200 fine");
  EXPECT_EQ(server.server().connections(), 4);
}

TEST_F(TransportRetryTest, AServerThatIsNotThereIsAskedFourTimes) {
  std::string url;
  {
    const TurnsServer gone({});
    url = gone.url();
  }
  for (const Request& request : {Request{"/x"}, kPatch}) {
    clock_.slept.clear();
    const auto error = tests::caught([&] { ask(url, request); });
    EXPECT_EQ(error.kind, ErrorKind::unreachable);
    EXPECT_THAT(error.message, HasSubstr("Connection refused"));
    EXPECT_EQ(clock_.slept.size(), 3U);
  }
}

TEST_F(TransportRetryTest, ABodyThatBreaksOffIsNotBegunAgainWithoutBeingAsked) {
  const TurnsServer server({breaking_off_after("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"),
                            answering("200 OK", "the whole")});
  Connection connection;
  connection.server = server.url();
  Transport transport(connection, options_);
  const auto response = transport.start({"/x"});
  EXPECT_EQ(response->next(), "half");
  EXPECT_THROW(response->next(), core::Error);
  EXPECT_TRUE(response->ask_again());
  EXPECT_EQ(response->status(), 200);
  EXPECT_EQ(response->next(), "the whole");
}

TEST_F(TransportRetryTest, AWriteIsNotRepeatedWhenTheServerMayHaveActed) {
  for (const auto& turn :
       {breaking_off_after(""), resetting_after("HTTP/1.1 200 OK\r\nContent-Ty"),
        breaking_off_after("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")}) {
    const TurnsServer server({turn, answering("200 OK", "twice")});
    EXPECT_EQ(tests::caught([&] { ask(server, kPatch); }).kind, ErrorKind::unreachable);
    EXPECT_EQ(server.requests().size(), 1U);
  }
  for (const std::string status : {"500 Oops", "502 Bad", "503 Busy", "504 Late", "429 Slow"}) {
    const TurnsServer server({answering(status, "no"), answering("200 OK", "twice")});
    EXPECT_EQ(ask(server, kPatch), status.substr(0, 3) + " no");
    EXPECT_EQ(server.requests().size(), 1U);
  }
}

TEST_F(TransportRetryTest, AWriteThatWasTurnedAwayIsRepeatedWithItsBody) {
  for (const std::string status : {"429 Too Many Requests", "503 Service Unavailable"}) {
    const TurnsServer server(
        {answering(status, "", "Retry-After: 1\r\n"), answering("200 OK", "done")});
    EXPECT_EQ(ask(server, kPatch), "200 done");
    ASSERT_EQ(server.requests().size(), 2U);
    EXPECT_EQ(server.requests()[0], server.requests()[1]);
    EXPECT_THAT(server.requests()[1], testing::EndsWith("\r\n\r\n[]"));
  }
}

TEST_F(TransportRetryTest, APostThatChangesNothingIsRepeatedLikeARead) {
  Request review{"/x", "application/json", "POST", "application/json", "{}"};
  review.changes_nothing = true;
  const TurnsServer server(
      {breaking_off_after(""), answering("500 Oops"), answering("201 Created", "fine")});
  EXPECT_EQ(ask(server, review), "201 fine");
}

TEST_F(TransportRetryTest, A401IsAskedOnceMoreWithTheNextCredentials) {
  for (const Request& request : {Request{"/x"}, kPatch}) {
    const TurnsServer server({answering("401 Unauthorized"), answering("200 OK", "fine")});
    credentials_ = std::make_shared<TokensInTurn>(std::vector<std::string>{"old", "new"});
    EXPECT_EQ(ask(server, request), "200 fine");
    EXPECT_THAT(server.requests()[0], HasSubstr("\r\nAuthorization: Bearer old\r\n"));
    EXPECT_THAT(server.requests()[1], HasSubstr("\r\nAuthorization: Bearer new\r\n"));
  }
  EXPECT_TRUE(clock_.slept.empty());
}

TEST_F(TransportRetryTest, ASecond401IsTheAnswer) {
  const TurnsServer server({answering("401 Unauthorized"), answering("401 Unauthorized", "no")});
  credentials_ = std::make_shared<TokensInTurn>(std::vector<std::string>{"a", "b", "c"});
  EXPECT_EQ(ask(server), "401 no");
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST_F(TransportRetryTest, A401IsTheAnswerWhenThereAreNoOtherCredentials) {
  const TurnsServer server({answering("401 Unauthorized", "no")});
  credentials_ = bearer_token("only");
  EXPECT_EQ(ask(server), "401 no");
  const TurnsServer for_nobody({answering("401 Unauthorized", "no")});
  credentials_ = nullptr;
  EXPECT_EQ(ask(for_nobody), "401 no");
}

TEST_F(TransportRetryTest, CredentialsAreRenewedOnceForRequestsThatAreRefusedTogether) {
  const auto tokens = std::make_shared<TokensInTurn>(std::vector<std::string>{"old", "new", "x"});
  const tests::RawServer server([](Peer& peer) {
    for (auto request = peer.read_request(); !request.empty(); request = peer.read_request()) {
      const bool old = request.find("Bearer old") != std::string::npos;
      peer.answer(old ? "401 Unauthorized" : "200 OK", "text/plain", "");
    }
  });
  Connection connection;
  connection.server = server.url();
  connection.credentials = tokens;
  Transport transport(connection, options_);
  const auto first = transport.start({"/1"});
  const auto second = transport.start({"/2"});
  EXPECT_EQ(first->status(), 200);
  EXPECT_EQ(second->status(), 200);
  EXPECT_EQ(tokens->refusals, 1U);
}

TEST_F(TransportRetryTest, TheTimeForTheWholeIsForAllAttempts) {
  options_.timeouts = Timeouts::within(milliseconds(10'000));
  const TurnsServer server({answering("429 Slow", "1", "Retry-After: 8\r\n"),
                            answering("429 Slow", "2", "Retry-After: 8\r\n")});
  EXPECT_EQ(ask(server), "429 2");
  EXPECT_THAT(clock_.slept, ElementsAre(milliseconds(8'200)));
}

TEST_F(TransportRetryTest, AnAnswerThatTakesTooLongIsNotAskedForAgain) {
  const tests::RawServer server([](Peer& peer) { peer.wait_for_end(); });
  options_.timeouts.answer = milliseconds(50);
  EXPECT_THAT(tests::caught([&] { ask(server.url()); }).message, HasSubstr("did not answer"));
  EXPECT_TRUE(clock_.slept.empty());
}

// What an HTTP/2 server does with the first request of its first connection; the next is fine.
std::string ask_over_http2(const std::function<void(tests::Http2Peer&)>& spoil,
                           TransportOptions options, const Request& request) {
  const auto identity = tests::make_identity();
  std::atomic<int> connections{0};
  const tests::RawServer server(
      [&](Peer& peer) {
        const bool first = ++connections == 1;
        tests::Http2Peer http2(peer);
        if (!http2.wait_for_request(1)) return;
        std::uint32_t stream = 1;
        if (first) {
          spoil(http2);
          stream = 3;
          if (!http2.wait_for_request(stream)) return;
        }
        http2.headers(stream, "text/plain");
        http2.data(stream, "fine", true);
        peer.wait_for_end();
      },
      identity, true);
  Connection connection;
  connection.server = server.url();
  connection.ca_pem = identity.certificate;
  Transport transport(connection, std::move(options));
  const auto response = transport.start(request);
  return std::to_string(response->status()) + " " + response->read_up_to(100);
}

TEST_F(TransportRetryTest, AStreamThatIsResetBeforeItsAnswerIsAskedForAgain) {
  constexpr std::uint32_t kInternalError = 2;
  const auto reset = [](tests::Http2Peer& http2) { http2.reset_stream(1, kInternalError); };
  EXPECT_EQ(ask_over_http2(reset, options_, {"/x"}), "200 fine");
  EXPECT_THROW(ask_over_http2(reset, options_, kPatch), core::Error);
}

TEST_F(TransportRetryTest, AServerThatGoesAwayIsAskedOverAnotherConnection) {
  const auto leave = [](tests::Http2Peer& http2) { http2.go_away(0); };
  EXPECT_EQ(ask_over_http2(leave, options_, {"/x"}), "200 fine");
}

}  // namespace
}  // namespace podreg::k8s
