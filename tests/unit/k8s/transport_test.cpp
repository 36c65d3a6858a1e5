#include "k8s/transport.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "core/error.h"
#include "tests/unit/k8s/caught.h"
#include "tests/unit/k8s/transport_calls.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;
using tests::Peer;
using tests::RawServer;

TEST(Transport, StatusHeadersAndBodyAreThoseOfTheAnswer) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.answer("404 Not Found", "text/plain", "no such thing", "X-Twice: a\r\nx-twice:  b \r\n");
  });
  Transport transport(connection_to(server));
  const auto response = transport.start({"/x"});
  EXPECT_EQ(response->status(), 404);
  EXPECT_EQ(response->header("content-TYPE"), "text/plain");
  EXPECT_EQ(response->header("absent"), "");
  EXPECT_THAT(response->headers("X-TWICE"), testing::ElementsAre("a", "b"));
  EXPECT_EQ(read_all(*response), "no such thing");
  EXPECT_TRUE(response->next().empty());
}

TEST(Transport, ARequestSaysWhatItNeedsAndNoMore) {
  std::string request;
  const RawServer server([&](Peer& peer) {
    request = peer.read_request();
    peer.answer("200 OK", "application/json", "{}");
  });
  Connection connection = connection_to(server);
  connection.server += "/prefix";
  connection.credentials = bearer_token("s3cret");
  Transport transport(connection);
  read_all(*transport.start({"/api/v1/pods?labelSelector=a%3Db", "application/x"}));
  EXPECT_THAT(request,
              testing::StartsWith("GET /prefix/api/v1/pods?labelSelector=a%3Db HTTP/1.1\r\n"));
  EXPECT_THAT(request, HasSubstr("\r\nHost: " + server.authority() + "\r\n"));
  EXPECT_THAT(request, HasSubstr("\r\nAccept: application/x\r\n"));
  EXPECT_THAT(request, HasSubstr("\r\nAuthorization: Bearer s3cret\r\n"));
  EXPECT_THAT(request, HasSubstr("\r\nUser-Agent: podreg/"));
  EXPECT_THAT(request, Not(HasSubstr("curl")));
  EXPECT_THAT(request, Not(HasSubstr("Accept-Encoding")));
}

Request patch(const std::string& body) {
  return {"/x", "application/json", "PATCH", "application/json-patch+json", body};
}

TEST(Transport, APatchSendsItsBodyAtOnce) {
  std::string request;
  std::string body;
  const RawServer server([&](Peer& peer) {
    request = peer.read_request();
    body = peer.read_body(request);
    peer.answer("200 OK", "application/json", "{}");
  });
  Transport transport(connection_to(server));
  std::string large(2'000'000, 'x');  // libcurl likes to ask first whether it may
  large += std::string("\0\n", 2);
  EXPECT_EQ(read_all(*transport.start(patch(large))), "{}");
  EXPECT_EQ(body, large);
  EXPECT_THAT(request, testing::StartsWith("PATCH /x HTTP/1.1\r\n"));
  EXPECT_THAT(request, HasSubstr("\r\nContent-Type: application/json-patch+json\r\n"));
  EXPECT_THAT(request, HasSubstr("\r\nContent-Length: 2000002\r\n"));
  EXPECT_THAT(request, Not(HasSubstr("Expect")));
  EXPECT_THAT(request, Not(HasSubstr("Transfer-Encoding")));
}

TEST(Transport, AnAnswerThatComesBeforeTheBodyIsSentIsRead) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.answer("413 Too Large", "text/plain", "no", "Connection: close\r\n");
    peer.wait_for_end();
  });
  Transport transport(connection_to(server));
  const auto response = transport.start(patch(std::string(5'000'000, 'x')));
  EXPECT_EQ(response->status(), 413);
}

TEST(Transport, APatchIsNotSentAgainOnANewConnection) {
  std::atomic<int> patches{0};
  const RawServer server([&](Peer& peer) {
    for (auto request = peer.read_request(); !request.empty(); request = peer.read_request()) {
      if (request.starts_with("PATCH")) {
        peer.read_body(request);
        ++patches;
        return;  // whether it has done it or not, nobody knows
      }
      peer.answer("200 OK", "application/json", "{}");
    }
  });
  Transport transport(connection_to(server));
  read_all(*transport.start({"/"}));
  const auto error = tests::caught([&] { transport.start(patch("[]"))->status(); });
  EXPECT_EQ(error.kind, ErrorKind::unreachable);
  EXPECT_THAT(error.message, HasSubstr("broke off before it answered"));
  EXPECT_EQ(patches, 1);
}

TEST(Transport, OneConnectionServesOneRequestAfterTheOther) {
  const RawServer server([](Peer& peer) {
    while (!peer.read_request().empty()) peer.answer("200 OK", "text/plain", "x");
  });
  Transport transport(connection_to(server));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(read_all(*transport.start({"/"})), "x");
  EXPECT_EQ(server.connections(), 1);
}

TEST(Transport, RequestsStartedTogetherAreUnderWayTogether) {
  std::atomic<int> arrived{0};
  const RawServer server([&](Peer& peer) {
    peer.read_request();
    ++arrived;
    while (arrived < 2) std::this_thread::sleep_for(milliseconds(1));
    peer.answer("200 OK", "text/plain", "x");
  });
  Transport transport(connection_to(server));
  const auto first = transport.start({"/1"});
  const auto second = transport.start({"/2"});
  EXPECT_EQ(read_all(*first), "x");
  EXPECT_EQ(read_all(*second), "x");
}

TEST(Transport, PartsOfABodyAreThereBeforeItsEnd) {
  std::atomic<bool> seen{false};
  const RawServer server([&](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst");
    while (!seen) std::this_thread::sleep_for(milliseconds(1));
    peer.write("-last");
  });
  Transport transport(connection_to(server));
  const auto response = transport.start({"/"});
  EXPECT_EQ(response->next(), "first");
  seen = true;
  EXPECT_EQ(read_all(*response), "-last");
}

TEST(Transport, AnAnswerThatNobodyReadsWaitsAndIsReadWholeLater) {
  std::string large;
  large.resize(20'000'000, 'x');
  const RawServer server([&](Peer& peer) {
    const auto request = peer.read_request();
    peer.answer("200 OK", "text/plain", request.starts_with("GET /large") ? large : "small");
  });
  Transport transport(connection_to(server));
  Request request{"/large"};
  request.largest_body = large.size();
  const auto unread = transport.start(request);
  EXPECT_EQ(unread->status(), 200);
  EXPECT_EQ(read_all(*transport.start({"/small"})), "small");
  std::size_t largest = 0;
  std::size_t total = 0;
  for (auto piece = unread->next(); !piece.empty(); piece = unread->next()) {
    largest = std::max(largest, piece.size());
    total += piece.size();
  }
  EXPECT_EQ(total, large.size());
  EXPECT_LT(largest, 200'000U);
}

TEST(Transport, NoMoreOfABodyIsReadThanAskedFor) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.answer("400 Oops", "text/plain", std::string(100'000, 'x'));
  });
  Transport transport(connection_to(server));
  EXPECT_EQ(transport.start({"/"})->read_up_to(1000).size(), 1000U);
}

TEST(Transport, ABodyThatIsTooLargeIsAnError) {
  const RawServer server([](Peer& peer) {
    while (!peer.read_request().empty()) {
      peer.answer("200 OK", "text/plain", std::string(2 << 20, 'x'));
    }
  });
  Transport transport(connection_to(server));
  Request request{"/"};
  request.largest_body = 2 << 20;
  EXPECT_EQ(read_all(*transport.start(request)).size(), 2U << 20U);
  request.largest_body -= 1;
  const auto error = tests::caught([&] { read_all(*transport.start(request)); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_THAT(error.message, HasSubstr("is larger than 1 MiB"));
}

TEST(Transport, ADroppedAnswerDoesNotDisturbOthers) {
  const RawServer server([](Peer& peer) {
    while (!peer.read_request().empty())
      peer.answer("200 OK", "text/plain", std::string(500'000, 'x'));
  });
  Transport transport(connection_to(server));
  transport.start({"/never waited for"});
  EXPECT_EQ(transport.start({"/dropped"})->status(), 200);
  EXPECT_EQ(read_all(*transport.start({"/read"})).size(), 500'000U);
}

TEST(Transport, ARedirectIsNotFollowed) {
  const RawServer other([](Peer&) { ADD_FAILURE() << "somebody came"; });
  const RawServer server([&](Peer& peer) {
    peer.read_request();
    peer.answer("302 Found", "text/plain", "", "Location: " + other.url() + "\r\n");
  });
  Transport transport(connection_to(server));
  EXPECT_EQ(transport.start({"/"})->status(), 302);
  EXPECT_EQ(other.connections(), 0);
}

TEST(Transport, TheObserverSeesEveryRequestAndNoToken) {
  const RawServer server([](Peer& peer) {
    for (auto request = peer.read_request(); !request.empty(); request = peer.read_request()) {
      peer.read_body(request);
      peer.answer("403 Forbidden", "text/plain", "12345");
    }
  });
  std::vector<Exchange> seen;
  Connection connection = connection_to(server);
  connection.credentials = bearer_token("s3cret");
  TransportOptions options;
  options.observer = [&](const Exchange& exchange) { seen.push_back(exchange); };
  Transport transport(connection, std::move(options));
  read_all(*transport.start({"/a?b=c"}));
  read_all(*transport.start(patch("[]")));
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[1].method, "PATCH");
  EXPECT_EQ(seen[0].method, "GET");
  EXPECT_EQ(seen[0].url, server.url() + "/a?b=c");
  EXPECT_EQ(seen[0].status, 403);
  EXPECT_EQ(seen[0].bytes, 5U);
  EXPECT_GT(seen[0].time.count(), 0);
}

}  // namespace
}  // namespace podreg::k8s
