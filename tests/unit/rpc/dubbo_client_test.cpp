#include "rpc/dubbo_client.h"

#include <gmock/gmock.h>

#include <future>

#include "core/error.h"
#include "rpc/tcp_dialer.h"
#include "tests/support/raw_server.h"

namespace podreg::rpc {
namespace {

using core::ErrorKind;
using testing::HasSubstr;
using tests::Peer;
using tests::RawServer;
using namespace std::chrono_literals;

core::Deadline in(std::chrono::milliseconds time) {
  return std::chrono::steady_clock::now() + time;
}

std::unique_ptr<core::Stream> dial(const RawServer& server) {
  return TcpDialer().dial({"demo", "a", "127.0.0.1", server.port()}, in(10s));
}

// The next frame that the client sends.
DubboFrame read_frame(Peer& peer, DubboFrameReader& reader) {
  while (true) {
    if (auto frame = reader.next()) return *std::move(frame);
    const auto bytes = peer.read_some(4096);
    if (bytes.empty()) return {};
    reader.feed(bytes);
  }
}

DubboFrame answer(std::uint64_t id, const std::string& text) {
  DubboFrame frame;
  frame.status = 20;
  frame.id = id;
  hessian2::Writer writer;
  writer.integer(1);
  writer.string(text);
  frame.body = writer.take();
  return frame;
}

std::string value_of(const DubboFrame& frame) {
  DubboAnswer read;
  read_answer(frame, read);
  return std::string(read.value->text());
}

core::Error error_of(const RawServer& server, std::chrono::milliseconds time = 10s) {
  try {
    DubboClient client(dial(server));
    client.await(client.send({"x.A", "", "m", "", {}, {}}, in(time)), in(time));
  } catch (const core::Error& error) {
    return error;
  }
  return {ErrorKind::output, "no error"};
}

TEST(DubboClient, AnswersAreToldApartByTheirIdWhicheverComesFirst) {
  const RawServer server([](Peer& peer) {
    DubboFrameReader reader;
    const auto first = read_frame(peer, reader);
    const auto second = read_frame(peer, reader);
    peer.write(encode(answer(second.id, "second")) + encode(answer(first.id, "first")));
    peer.wait_for_end();
  });
  DubboClient client(dial(server));
  const auto first = client.send({"x.A", "", "m", "", {}, {}}, in(10s));
  const auto second = client.send({"x.A", "", "m", "", {}, {}}, in(10s));
  EXPECT_EQ(value_of(client.await(first, in(10s))), "first");
  EXPECT_EQ(value_of(client.await(second, in(10s))), "second");
}

TEST(DubboClient, AHeartbeatInBetweenIsAnswered) {
  DubboFrame beat;
  const RawServer server([&](Peer& peer) {
    DubboFrameReader reader;
    const auto request = read_frame(peer, reader);
    peer.write(encode(heartbeat(4711)));
    beat = read_frame(peer, reader);
    peer.write(encode(answer(request.id, "x")));
    peer.wait_for_end();
  });
  {
    DubboClient client(dial(server));
    EXPECT_EQ(value_of(client.await(client.send({"x.A", "", "m", "", {}, {}}, in(10s)), in(10s))),
              "x");
  }
  EXPECT_EQ(beat.id, 4711U);
  EXPECT_TRUE(beat.event && !beat.request);
}

// The connection is reset before the client can answer the heartbeat.
TEST(DubboClient, AnAnswerIsNotLostWithAConnectionThatEndsBehindIt) {
  std::promise<void> sent;
  auto server = std::make_unique<RawServer>([&](Peer& peer) {
    DubboFrameReader reader;
    const auto id = read_frame(peer, reader).id;
    peer.write(encode(heartbeat(4711)) + encode(answer(id, "x")) + "GARBAGE");
    peer.reset_at_close();
    sent.set_value();
  });
  DubboClient client(dial(*server));
  const auto id = client.send({"x.A", "", "m", "", {}, {}}, in(10s));
  sent.get_future().wait();
  server.reset();
  EXPECT_EQ(value_of(client.await(id, in(10s))), "x");
}

TEST(DubboClient, PingWaitsForTheAnswerToItsHeartbeat) {
  const RawServer server([](Peer& peer) {
    DubboFrameReader reader;
    peer.write(encode(answer_to_heartbeat(read_frame(peer, reader))));
    peer.wait_for_end();
  });
  DubboClient(dial(server)).ping(in(10s));
}

TEST(DubboClient, AProviderThatIsSilentIsGivenUp) {
  const RawServer server([](Peer& peer) { peer.wait_for_end(); });
  const auto error = error_of(server, 50ms);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_EQ(std::string(error.what()), "no answer in time");
}

TEST(DubboClient, AProviderThatNeverStopsToSendIsGivenUpToo) {
  const RawServer server([](Peer& peer) {
    while (peer.write(encode(answer(0, "x")))) {
    }
  });
  EXPECT_EQ(std::string(error_of(server, 50ms).what()), "no answer in time");
}

TEST(DubboClient, AConnectionThatEndsSaysWhere) {
  const RawServer closing([](Peer& peer) { peer.read_some(100); });
  EXPECT_EQ(error_of(closing).kind(), ErrorKind::unreachable);
  EXPECT_THAT(error_of(closing).what(), HasSubstr("such as TLS"));
  const RawServer cut([](Peer& peer) {
    DubboFrameReader reader;
    const auto id = read_frame(peer, reader).id;
    peer.write(encode(answer(id, "x")).substr(0, 17));
  });
  EXPECT_EQ(std::string(error_of(cut).what()), "the connection ended in the middle of an answer");
}

TEST(DubboClient, GarbageAndSizesBeyondTheLimitEndIt) {
  const RawServer garbage([](Peer& peer) { peer.write("GARBAGE"); });
  EXPECT_EQ(error_of(garbage).kind(), ErrorKind::invalid_data);
  const RawServer huge([](Peer& peer) {
    peer.write(std::string("\xda\xbb\x02\x14\0\0\0\0\0\0\0\1\x7f\xff\xff\xff", 16));
    peer.wait_for_end();
  });
  EXPECT_THAT(error_of(huge).what(), HasSubstr("2147483647 bytes; the limit is"));
}

TEST(TcpDialer, WhatIsNotThereIsUnreachable) {
  try {
    TcpDialer().dial({"demo", "a", "127.0.0.1", 1}, in(10s));
    ADD_FAILURE() << "connected to port 1";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::unreachable);
    EXPECT_EQ(std::string(error.what()), "127.0.0.1:1 cannot be reached: Connection refused");
  }
}

TEST(TcpDialer, ConnectToStandsInForEveryTarget) {
  const RawServer server([](Peer& peer) { peer.wait_for_end(); });
  const auto stream =
      TcpDialer({"127.0.0.1", server.port()}).dial({"n", "p", "192.0.2.1", 1}, in(10s));
  EXPECT_GE(stream->descriptor(), 0);
}

}  // namespace
}  // namespace podreg::rpc
