#include "rpc/prober.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "core/protobuf.h"
#include "rpc/dubbo_client.h"
#include "rpc/greeting.h"
#include "rpc/tcp_dialer.h"
#include "tests/support/http2_peer.h"
#include "tests/support/raw_server.h"
#include "tests/unit/rpc/dubbo_peer.h"

namespace podreg::rpc {
namespace {

using core::Probe;
using core::ProbeStatus;
using testing::HasSubstr;
using tests::Http2Peer;
using tests::Peer;
using tests::RawServer;
using namespace std::chrono_literals;

core::DerivedUrl url_of(const std::string& protocol, int port, const std::string& interface) {
  core::DerivedUrl url;
  url.url.protocol = protocol;
  url.url.host = "127.0.0.1";
  url.url.port = port;
  url.interface = interface;
  return url;
}

Probe probe_of(const std::string& protocol, const RawServer& server,
               const std::string& interface = "x.A", std::chrono::milliseconds timeout = 10s) {
  TcpDialer dialer;
  return probe(dialer, url_of(protocol, server.port(), interface), timeout);
}

std::string in_words(const Probe& probe) {
  return std::string(core::to_string(probe.status)) + "|" + probe.server + "|" + probe.error;
}

// A value with the attachment dubbo=2.0.2, as $echo gives it back.
std::string echoed() {
  hessian2::Writer writer;
  writer.integer(4);
  writer.string("podreg");
  writer.begin_map();
  writer.string("dubbo");
  writer.string("2.0.2");
  writer.end_map();
  return writer.take();
}

DubboReply echo() { return {kStatusOk, echoed()}; }

void speak_triple(Peer& peer, const std::string& status, const std::string& message) {
  Http2Peer http2(peer);
  if (!http2.wait_for_request(1)) return;
  http2.headers(1, "application/grpc+proto");
  http2.trailers(1, {{"grpc-status", status}, {"grpc-message", message}});
  peer.wait_for_end();
}

TEST(Probe, ADubboPortThatExportsTheServiceIsOk) {
  const RawServer server([](Peer& peer) { speak_dubbo(peer, [] { return echo(); }); });
  const auto probe = probe_of("dubbo", server);
  EXPECT_EQ(in_words(probe), "ok|dubbo 2.0.2|");
  EXPECT_TRUE(probe.connect_ms && probe.answer_ms);
  EXPECT_EQ(in_words(probe_of("dubbo", server, "")), "ok|dubbo|");
}

TEST(Probe, AttachmentsThatAreNoneTellNoVersion) {
  const RawServer server([](Peer& peer) {
    speak_dubbo(peer, [] {
      hessian2::Writer writer;
      writer.integer(4);
      writer.string("podreg");
      writer.long_integer(-1);
      return DubboReply{kStatusOk, writer.take()};
    });
  });
  EXPECT_EQ(in_words(probe_of("dubbo", server)), "ok|dubbo|");
}

TEST(Probe, ADubboPortThatDoesNotExportTheServiceIsAnError) {
  const RawServer server([](Peer& peer) {
    speak_dubbo(peer, [] {
      return DubboReply{70, said("RemotingException: Not found exported service: x.A:20880 in []")};
    });
  });
  EXPECT_EQ(in_words(probe_of("dubbo", server)), "error||x.A is not exported there");
}

// Dubbo 3.2.6 fails on requests that come while it prepares for the first one.
TEST(Probe, ADubboPortThatCouldNotDecodeTheQuestionIsAskedOnceMore) {
  int requests = 0;
  const RawServer server([&](Peer& peer) {
    DubboFrameReader reader;
    for (std::string bytes; !(bytes = peer.read_some(4096)).empty();) {
      reader.feed(bytes);
      while (auto frame = reader.next()) {
        DubboFrame answer = answer_to_heartbeat(*frame);
        if (!frame->event) {
          const bool first = ++requests == 1;
          answer.event = false;
          answer.status = first ? 40 : 20;
          answer.body = first ? said(
                                    "Fail to decode request due to: RpcInvocation "
                                    "[methodName=$echo, parameterTypes=null]")
                              : echoed();
        }
        peer.write(encode(answer));
      }
    }
  });
  EXPECT_EQ(in_words(probe_of("dubbo", server)), "ok|dubbo 2.0.2|");
  EXPECT_EQ(requests, 2);
}

TEST(Probe, ATriplePortIsOkWithTheServiceAndAnErrorWithout) {
  const RawServer has([](Peer& peer) { speak_triple(peer, "0", ""); });
  EXPECT_EQ(in_words(probe_of("tri", has)), "ok|tri|");
  const RawServer has_not([](Peer& peer) { speak_triple(peer, "12", "Service not found:x.A"); });
  EXPECT_EQ(in_words(probe_of("tri", has_not)), "error||x.A is not exported there");
  EXPECT_EQ(in_words(probe_of("tri", has_not, "")), "ok|tri|");
}

TEST(Probe, WhereNobodyListensItIsRefused) {
  TcpDialer dialer;
  for (const char* protocol : {"dubbo", "tri"}) {
    const auto found = probe(dialer, url_of(protocol, 1, "x.A"), 10s);
    EXPECT_EQ(found.status, ProbeStatus::refused) << protocol;
    EXPECT_FALSE(found.connect_ms);
  }
}

TEST(Probe, WhoIsSilentInEveryProtocolIsATimeout) {
  const RawServer server([](Peer& peer) { peer.wait_for_end(); });
  for (const char* protocol : {"dubbo", "tri"}) {
    EXPECT_EQ(in_words(probe_of(protocol, server, "x.A", 200ms)), "timeout||no answer in time")
        << protocol;
  }
}

TEST(Probe, ADubboPortIsSilentToTripleAndFoundOutAllTheSame) {
  const RawServer server([](Peer& peer) { speak_dubbo(peer, [] { return echo(); }); });
  EXPECT_EQ(in_words(probe_of("tri", server, "x.A", 2s)),
            "protocol-mismatch|dubbo|it speaks dubbo, not tri");
}

TEST(Probe, ATriplePortIsSilentToDubboAndFoundOutAllTheSame) {
  const RawServer server([](Peer& peer) {
    if (peer.read_exactly(3) == "PRI") peer.write(std::string("\0\0\0\x04\0\0\0\0\0", 9));
    peer.wait_for_end();
  });
  EXPECT_EQ(in_words(probe_of("dubbo", server, "x.A", 2s)),
            "protocol-mismatch|HTTP/2|it speaks HTTP/2, not dubbo");
}

TEST(Probe, AnHttpServerIsAMismatchForBoth) {
  const RawServer server([](Peer& peer) {
    peer.read_some(16);
    peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
  });
  EXPECT_EQ(in_words(probe_of("dubbo", server)),
            "protocol-mismatch|HTTP/1|it speaks HTTP/1, not dubbo");
  EXPECT_EQ(in_words(probe_of("tri", server)),
            "protocol-mismatch|HTTP/1|it speaks HTTP/1, not tri");
}

// As Go's: it closes at what is no handshake, without an alert.
TEST(Probe, ATlsServerThatClosesWithoutAWordIsAMismatchForBoth) {
  const RawServer server([](Peer& peer) {
    if (!peer.read_exactly(2).starts_with("\x16\x03")) return;
    peer.write("\x15\x03\x01\0\x02\x02\x28");
  });
  EXPECT_EQ(in_words(probe_of("dubbo", server)), "protocol-mismatch|TLS|it speaks TLS, not dubbo");
  EXPECT_EQ(in_words(probe_of("tri", server)), "protocol-mismatch|TLS|it speaks TLS, not tri");
}

TEST(Probe, AnHttp2ServerThatIsNoGrpcIsNoTriple) {
  const RawServer server([](Peer& peer) {
    Http2Peer http2(peer);
    if (!http2.wait_for_request(1)) return;
    http2.headers(1, "text/html");
    http2.data(1, "hello", true);
    peer.wait_for_end();
  });
  const auto found = probe_of("tri", server);
  EXPECT_EQ(found.status, ProbeStatus::protocol_mismatch);
  EXPECT_THAT(found.error, HasSubstr("not gRPC"));
}

TEST(Probe, OfOtherProtocolsPodregSaysThatItDoesNotSpeakThem) {
  const RawServer server([](Peer& peer) { peer.wait_for_end(); });
  EXPECT_EQ(in_words(probe_of("rest", server)), "error||podreg does not speak rest");
}

TEST(Probe, SeveralProbesAreCountedAndTheLastFailureIsShown) {
  std::atomic<int> connections = 0;
  const RawServer server([&](Peer& peer) {
    if (++connections == 2) return peer.wait_for_end();
    speak_dubbo(peer, [] { return echo(); });
  });
  TcpDialer dialer;
  ProbePlan plan;
  plan.count = 3;
  plan.concurrency = 1;
  plan.interval = 0ms;
  plan.timeout = 200ms;
  std::vector<Tally> progress;
  plan.on_progress = [&](const Tally& tally) { progress.push_back(tally); };
  const auto all = probe_all(dialer, {url_of("dubbo", server.port(), "x.A")}, plan);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].count, 3U);
  EXPECT_EQ(all[0].failed, 1U);
  EXPECT_EQ(all[0].last.status, ProbeStatus::timeout);
  EXPECT_EQ(progress,
            (std::vector<Tally>{{3, 0, 0}, {3, 1, 0}, {3, 1, 0}, {3, 2, 1}, {3, 2, 1}, {3, 3, 1}}));
}

}  // namespace
}  // namespace podreg::rpc
