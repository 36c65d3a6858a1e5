#include "k8s/transport.h"

#include <gmock/gmock.h>

#include <atomic>
#include <cstdlib>
#include <thread>

#include "core/error.h"
#include "k8s/response.h"
#include "tests/support/fake_clock.h"
#include "tests/support/raw_server.h"
#include "tests/unit/k8s/caught.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using std::chrono::milliseconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::Peer;
using tests::RawServer;

Connection connection_to(const RawServer& server) {
  Connection connection;
  connection.server = server.url();
  connection.ns = "default";
  connection.user = "tester";
  connection.origin = "the test";
  return connection;
}

std::string read_all(Response& response) {
  std::string body;
  for (auto piece = response.next(); !piece.empty(); piece = response.next()) body += piece;
  return body;
}

// The error of getting and reading "/" as a whole.
core::Error error_of(Transport& transport) {
  try {
    const auto response = transport.start({"/"});
    response->status();
    read_all(*response);
  } catch (const core::Error& error) {
    return error;
  }
  return {ErrorKind::usage, "no error"};
}

// Without a pause between attempts.
TransportOptions quick(tests::FakeClock& clock, Timeouts timeouts = {}) {
  TransportOptions options;
  options.timeouts = timeouts;
  options.clock = &clock;
  return options;
}

core::Error error_of(const RawServer& server, Timeouts timeouts = {}) {
  tests::FakeClock clock;
  Transport transport(connection_to(server), quick(clock, timeouts));
  return error_of(transport);
}

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

TEST(Transport, ATokenIsNotSentOverPlainHttpToAnotherMachine) {
  Connection connection;
  connection.server = "http://192.0.2.1:8080";
  connection.user = "tester";
  connection.credentials = bearer_token("s3cret");
  Transport transport(connection);
  const auto error = error_of(transport);
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), AllOf(HasSubstr("192.0.2.1:8080"), HasSubstr("plain http"),
                                  Not(HasSubstr("s3cret"))));
}

TEST(Transport, APasswordIsNotSentOverPlainHttpToAnotherMachineNorThroughAProxy) {
  const RawServer proxy([](Peer&) { ADD_FAILURE() << "somebody came"; });
  Credentials credentials;
  credentials.username = "ann";
  credentials.password = "s3cret";
  Connection connection;
  connection.server = "http://192.0.2.1:8080";
  connection.credentials = std::make_shared<FixedCredentials>(credentials);
  Transport away(connection);
  EXPECT_THAT(error_of(away).what(),
              AllOf(HasSubstr("password"), HasSubstr("plain http"), Not(HasSubstr("s3cret"))));
  connection.server = "http://127.0.0.1:8080";
  connection.proxy_url = proxy.url();
  Transport through_proxy(connection);
  EXPECT_THAT(error_of(through_proxy).what(), HasSubstr("plain http"));
}

// What a request with these credentials looks like at the server.
std::string request_of(const Credentials& credentials, const Impersonation& impersonation = {}) {
  std::string seen;
  const RawServer server([&](Peer& peer) {
    seen = peer.read_request();
    peer.answer("200 OK", "text/plain", "");
  });
  Connection connection = connection_to(server);
  connection.credentials = std::make_shared<FixedCredentials>(credentials);
  connection.impersonation = impersonation;
  Transport transport(connection);
  transport.start({"/"})->status();
  return seen;
}

TEST(Transport, UserNameAndPasswordAreSentWithTheFirstRequest) {
  Credentials credentials;
  credentials.username = "user";
  credentials.password = "pass:word";
  EXPECT_THAT(request_of(credentials),
              HasSubstr("\r\nAuthorization: Basic dXNlcjpwYXNzOndvcmQ=\r\n"));
  credentials.username = "";
  credentials.password = "pass";
  EXPECT_THAT(request_of(credentials), HasSubstr("\r\nAuthorization: Basic OnBhc3M=\r\n"));
}

TEST(Transport, ATokenIsSentInsteadOfAPassword) {
  Credentials credentials;
  credentials.token = "abc";
  credentials.username = "user";
  const auto request = request_of(credentials);
  EXPECT_THAT(request, HasSubstr("\r\nAuthorization: Bearer abc\r\n"));
  EXPECT_THAT(request, Not(HasSubstr("Basic")));
}

TEST(Transport, ImpersonationIsSentAsHeaders) {
  Impersonation impersonation;
  impersonation.user = "jane";
  impersonation.uid = "1";
  impersonation.groups = {"dev", "ops"};
  impersonation.extra = {{"example.com/a", {"x"}}};
  EXPECT_THAT(request_of({}, impersonation),
              HasSubstr("\r\nImpersonate-User: jane\r\nImpersonate-Uid: 1\r\n"
                        "Impersonate-Group: dev\r\nImpersonate-Group: ops\r\n"
                        "Impersonate-Extra-example.com%2Fa: x\r\n"));
}

TEST(Transport, AProxyThatIsNamedServesThisMachineTooWhateverNoProxySays) {
  std::string seen;
  const RawServer proxy([&](Peer& peer) {
    seen = peer.read_request();
    peer.answer("200 OK", "text/plain", "");
  });
  Connection connection;
  connection.server = "http://127.0.0.1:1";
  connection.proxy_url = "http://ann:pass@" + proxy.url().substr(7);
  ::setenv("no_proxy", "*", 1);
  Transport transport(connection);
  EXPECT_EQ(transport.start({"/x"})->status(), 200);
  ::unsetenv("no_proxy");
  EXPECT_THAT(seen, HasSubstr("GET http://127.0.0.1:1/x HTTP/1.1\r\n"));
  EXPECT_THAT(seen, HasSubstr("\r\nProxy-Authorization: Basic YW5uOnBhc3M=\r\n"));
}

TEST(Transport, ImpersonationIsNotShownToAProxyThatOnlyConnects) {
  std::string seen;
  const RawServer proxy([&](Peer& peer) {
    seen = peer.read_request();
    peer.answer("407 Proxy Authentication Required", "text/plain", "");
  });
  Connection connection;
  connection.server = "https://192.0.2.1:6443";
  connection.origin = "the test";
  connection.proxy_url = proxy.url();
  connection.credentials = bearer_token("s3cret");
  connection.impersonation.user = "jane";
  Transport transport(connection);
  const auto error = error_of(transport);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("the proxy " + proxy.url() + " refuses: "));
  EXPECT_THAT(seen, AllOf(HasSubstr("CONNECT 192.0.2.1:6443 HTTP/1.1\r\n"),
                          Not(HasSubstr("s3cret")), Not(HasSubstr("jane"))));
}

TEST(Transport, ATokenIsSentOverPlainHttpWhenThatIsAllowed) {
  const RawServer proxy([](Peer& peer) {
    const auto request = peer.read_request();
    peer.answer("200 OK", "text/plain",
                request.find("Bearer s3cret") == std::string::npos ? "no token" : "token");
  });
  Connection connection;
  connection.server = "http://192.0.2.1:8080";
  connection.proxy_url = proxy.url();
  connection.credentials = bearer_token("s3cret");
  TransportOptions options;
  options.allow_plaintext_token = true;
  Transport transport(connection, std::move(options));
  EXPECT_EQ(read_all(*transport.start({"/"})), "token");
}

TEST(Transport, ATokenWithALineBreakIsNotSent) {
  const RawServer server([](Peer&) { ADD_FAILURE() << "somebody came"; });
  Connection connection = connection_to(server);
  connection.credentials = bearer_token("s3cret\r\nImpersonate-User: admin");
  Transport transport(connection);
  const auto error = error_of(transport);
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), Not(HasSubstr("s3cret")));
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

TEST(TransportErrors, NobodyListens) {
  std::string url;
  {
    const RawServer gone([](Peer&) {});
    url = gone.url();
  }
  Connection connection;
  connection.server = url;
  connection.origin = "context x";
  tests::FakeClock clock;
  Transport transport(connection, quick(clock));
  const auto error = error_of(transport);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_EQ(error.what(),
            "the API server at " + url.substr(7) + " cannot be reached: Connection refused");
  EXPECT_EQ(error.hint(), "is the server up, and its address in context x right?");
}

TEST(TransportErrors, TheNameIsNotKnown) {
  Connection connection;
  connection.server = "https://no-such-host.invalid:6443";
  tests::FakeClock clock;
  Transport transport(connection, quick(clock));
  const auto error = error_of(transport);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("no-such-host.invalid:6443 cannot be reached: "));
}

TEST(TransportErrors, TheServerHangsUpWithoutAnAnswer) {
  const RawServer server([](Peer& peer) { peer.read_request(); });
  const auto error = error_of(server);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("broke off before it answered"));
}

TEST(TransportErrors, TheConnectionIsResetInTheMiddleOfTheHeaders) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Ty");
    peer.reset_at_close();
  });
  EXPECT_EQ(error_of(server).kind(), ErrorKind::unreachable);
}

TEST(TransportErrors, TheBodyIsShorterThanItsLength) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort");
  });
  const auto error = error_of(server);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("broke off in the middle of its answer"));
}

TEST(TransportErrors, TheConnectionIsResetInTheMiddleOfTheBody) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort");
    std::this_thread::sleep_for(milliseconds(20));
    peer.reset_at_close();
  });
  const auto error = error_of(server);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("broke off in the middle of its answer"));
}

TEST(TransportErrors, AChunkedBodyEndsWithoutItsLastChunk) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
  });
  EXPECT_EQ(error_of(server).kind(), ErrorKind::unreachable);
}

TEST(TransportErrors, WhatAnswersIsNotHttp) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("SSH-2.0-OpenSSH_9.2\r\n");
  });
  const auto error = error_of(server);
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), HasSubstr("does not speak HTTP"));
}

TEST(TransportErrors, HeadersWithoutEnd) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\n");
    while (peer.write("X-More: " + std::string(1000, 'x') + "\r\n")) {
    }
  });
  const auto error = error_of(server);
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), HasSubstr("too many headers"));
}

TEST(TransportErrors, InterimAnswersWithoutEnd) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    while (peer.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")) {
    }
  });
  EXPECT_EQ(error_of(server).kind(), ErrorKind::invalid_data);
}

TEST(TransportTimeouts, NoAnswer) {
  const RawServer server([](Peer& peer) { peer.wait_for_end(); });
  Timeouts timeouts;
  timeouts.answer = milliseconds(100);
  const auto error = error_of(server, timeouts);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_EQ(error.what(),
            "the API server at " + server.authority() + " did not answer within 100 ms");
}

TEST(TransportTimeouts, ABodyThatTricklesIsGivenUp) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    while (peer.write("x")) std::this_thread::sleep_for(milliseconds(5));
  });
  Timeouts timeouts;
  timeouts.answer = milliseconds(150);
  const auto error = error_of(server, timeouts);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("almost stopped in the middle of its answer, for 150 ms"));
}

TEST(TransportTimeouts, ABodyThatKeepsComingIsNotGivenUp) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1600000\r\n\r\n");
    for (int i = 0; i < 50; ++i) {
      peer.write(std::string(32'000, 'x'));
      std::this_thread::sleep_for(milliseconds(20));
    }
  });
  Timeouts timeouts;
  timeouts.answer = milliseconds(500);  // half of what the whole takes
  EXPECT_STREQ(error_of(server, timeouts).what(), "no error");
}

TEST(TransportTimeouts, ARequestTimeoutBoundsTheWhole) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
    while (peer.write(std::string(32'000, 'x'))) std::this_thread::sleep_for(milliseconds(5));
  });
  const auto error = error_of(server, Timeouts::within(milliseconds(150)));
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("did not finish its answer within 150 ms"));
}

TEST(TransportTimeouts, ARequestTimeoutTakesThePlaceOfTheOthers) {
  const auto timeouts = Timeouts::within(milliseconds(3'000));
  EXPECT_EQ(timeouts.connect, milliseconds(3'000));
  EXPECT_EQ(timeouts.answer, milliseconds(0));
  EXPECT_EQ(Timeouts::within(milliseconds(300'000)).connect, milliseconds(10'000));
  EXPECT_EQ(Timeouts::within(milliseconds(0)).connect, milliseconds(10'000));
}

}  // namespace
}  // namespace podreg::k8s
