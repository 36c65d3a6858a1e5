#include "rpc/triple_client.h"

#include <gmock/gmock.h>
#include <sys/socket.h>

#include <future>
#include <utility>

#include "core/error.h"
#include "rpc/grpc.h"
#include "rpc/tcp_dialer.h"
#include "tests/support/http2_peer.h"
#include "tests/unit/rpc/error_of.h"

namespace podreg::rpc {
namespace {

using core::ErrorKind;
using testing::HasSubstr;
using tests::Http2Peer;
using tests::Peer;
using tests::RawServer;
using namespace std::chrono_literals;

constexpr std::uint32_t kStream = 1;

core::Deadline in(std::chrono::milliseconds time) {
  return std::chrono::steady_clock::now() + time;
}

TripleRequest echo(const std::string& message) {
  TripleRequest request;
  request.authority = "10.0.0.1:50051";
  request.path = "/x.A/echo";
  request.content_type = kGrpcContentType;
  request.body = grpc_message(message);
  return request;
}

TripleResponse call(const RawServer& server, std::chrono::milliseconds time = 10s,
                    std::size_t largest = kLargestTripleBody) {
  TripleClient client(TcpDialer().dial({"demo", "a", "127.0.0.1", server.port()}, in(10s)),
                      largest);
  return client.exchange(echo("hello"), in(time));
}

TEST(TripleClient, AMessageGoesThereAndOneComesBackInPieces) {
  std::string asked;
  const RawServer server([&](Peer& peer) {
    Http2Peer http2(peer);
    if (!http2.wait_for_request(kStream)) return;
    asked = http2.read_body(kStream);
    http2.headers(kStream, "application/grpc+proto");
    const std::string body = grpc_message(std::string(100'000, 'x'));
    http2.data(kStream, body.substr(0, 3), false);
    http2.data(kStream, body.substr(3), false);
    http2.trailers(kStream, {{"grpc-status", "0"}});
    peer.wait_for_end();
  });
  const auto answer = call(server);
  EXPECT_EQ(asked, grpc_message("hello"));
  EXPECT_EQ(answer.header("content-type"), "application/grpc+proto");
  EXPECT_EQ(grpc_answer(answer), std::string(100'000, 'x'));
}

// The connection has been reset before the client sends its request.
TEST(TripleClient, AnAnswerIsNotLostWithAConnectionThatEndsBehindIt) {
  std::promise<void> sent;
  auto server = std::make_unique<RawServer>([&](Peer& peer) {
    Http2Peer http2(peer);
    http2.headers(kStream, "application/grpc+proto");
    http2.data(kStream, grpc_message("early"), false);
    http2.trailers(kStream, {{"grpc-status", "0"}});
    peer.reset_at_close();
    sent.set_value();
  });
  auto stream = TcpDialer().dial({"demo", "a", "127.0.0.1", server->port()}, in(10s));
  // Of the preface, for which the server waits, nothing but the length counts.
  ASSERT_EQ(::send(stream->descriptor(), std::string(24, ' ').data(), 24, 0), 24);
  sent.get_future().wait();
  server.reset();
  const auto answer = TripleClient(std::move(stream)).exchange(echo("hello"), in(10s));
  EXPECT_EQ(grpc_answer(answer), "early");
}

TEST(TripleClient, AnErrorIsSaidByNameWithTheProvidersMessage) {
  const RawServer server([](Peer& peer) {
    Http2Peer http2(peer);
    if (!http2.wait_for_request(kStream)) return;
    http2.headers(kStream, "application/grpc+proto");
    http2.trailers(kStream, {{"grpc-status", "12"}, {"grpc-message", "no%20such%20method%0Aat x"}});
    peer.wait_for_end();
  });
  const auto answer = call(server);
  EXPECT_EQ(std::string(error_of([&] { grpc_answer(answer); }).what()),
            "the provider answered \"UNIMPLEMENTED (12)\": no such method");
}

TEST(TripleClient, ASilentProviderIsGivenUp) {
  const RawServer server([](Peer& peer) { peer.wait_for_end(); });
  const auto error = error_of([&] { call(server, 50ms); });
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_EQ(std::string(error.what()), "no answer in time");
}

TEST(TripleClient, WhoeverSpeaksSomethingElseIsRefusedAtOnce) {
  const auto error_at = [](const std::string& beginning, std::size_t piece) {
    const RawServer server([&](Peer& peer) {
      peer.read_some(24);
      for (std::size_t at = 0; at < beginning.size(); at += piece) {
        peer.write(beginning.substr(at, piece));
      }
      peer.wait_for_end();  // so that it is not the end that tells
    });
    return std::string(error_of([&] { call(server); }).what());
  };
  const std::string none = "what arrived is no HTTP/2, which triple speaks";
  const std::string dubbo("\xda\xbb\x22\x14\0\0\0\0\0\0\0\1\0\0\0\1N", 17);
  for (const std::size_t piece : {1U, 100U}) {
    EXPECT_EQ(error_at(std::string("\x15\x03\1\0\2\2\x46", 7), piece), none + "; it speaks TLS");
    EXPECT_EQ(error_at(dubbo, piece), none + "; it speaks dubbo");
    EXPECT_EQ(error_at("HTTP/1.1 400 Bad Request\r\n\r\n", piece), none + "; it answers in HTTP/1");
    EXPECT_EQ(error_at("-ERR unknown command", piece), none);
    EXPECT_EQ(error_at(std::string("\0\0\4\6\0\0\0\0\0", 9), piece), none);
  }
}

TEST(TripleClient, AServerWithTlsIsSaidToPerhapsSpeakIt) {
  const RawServer server([](Peer&) {}, tests::make_identity());
  EXPECT_THAT(error_of([&] { call(server); }).what(), HasSubstr("TLS"));
}

TEST(TripleClient, AnAnswerBeyondTheLimitEndsIt) {
  const RawServer server([](Peer& peer) {
    Http2Peer http2(peer);
    if (!http2.wait_for_request(kStream)) return;
    http2.headers(kStream, "application/json");
    http2.data(kStream, std::string(60'000, 'x'), true);
    peer.wait_for_end();
  });
  const auto error = error_of([&] { call(server, 10s, 10'000); });
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), HasSubstr("larger than"));
}

TEST(TripleClient, AMessageThatIsAnnouncedBeyondTheLimitIsNotWaitedFor) {
  const RawServer server([](Peer& peer) {
    Http2Peer http2(peer);
    if (!http2.wait_for_request(kStream)) return;
    http2.headers(kStream, "application/grpc+proto");
    http2.data(kStream,
               std::string("\0\x7f\xff\xff\xff"
                           "abc",
                           8),
               false);
    peer.wait_for_end();
  });
  const auto error = error_of([&] { call(server, std::chrono::hours(1), 1U << 20); });
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_EQ(std::string(error.what()), "its answer of 2147483647 bytes is larger than 1 MiB");
}

TEST(TripleClient, AResetOfTheStreamIsUnreachable) {
  const RawServer server([](Peer& peer) {
    Http2Peer http2(peer);
    if (!http2.wait_for_request(kStream)) return;
    http2.reset_stream(kStream, 2);
    peer.wait_for_end();
  });
  EXPECT_NE(error_of([&] { call(server); }).kind(), ErrorKind::output);
}

}  // namespace
}  // namespace podreg::rpc
