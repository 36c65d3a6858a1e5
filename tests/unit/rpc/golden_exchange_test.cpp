// Whole exchanges with a server that answers as the real Dubbo did: podreg's requests say what
// Dubbo's own consumer said, and the recorded answers are understood.
#include <gmock/gmock.h>

#include "core/error.h"
#include "rpc/dubbo_frame.h"
#include "rpc/hessian2_reader.h"
#include "rpc/metadata_service.h"
#include "rpc/tcp_dialer.h"
#include "tests/support/golden_dubbo.h"
#include "tests/support/http2_peer.h"
#include "tests/support/http2_stream.h"
#include "tests/support/metadata_info_check.h"

namespace podreg::rpc {
namespace {

using testing::IsSupersetOf;
using tests::golden_dubbo;
using tests::Http2Frame;
using tests::Http2Peer;
using tests::Peer;
using tests::RawServer;
using namespace std::chrono_literals;

constexpr std::size_t kDubboHead = 16;

core::MetadataInfo ask(const RawServer& server, const std::string& protocol,
                       const std::string& revision, bool second = false) {
  TcpDialer dialer({"127.0.0.1", server.port()});
  core::MetadataServiceAddress address;
  address.protocol = protocol;
  address.host = "10.244.77.10";
  address.port = protocol == "tri" ? 50051 : 20880;
  address.group = "shop-order";
  address.version = "1.0.0";
  address.second = second;
  return ask_for_metadata(dialer, {"demo", "shop-order-1", address.host, address.port}, address,
                          revision, std::chrono::steady_clock::now() + 10s);
}

DubboFrame first_frame(const std::string& bytes) {
  DubboFrameReader reader;
  reader.feed(bytes);
  return reader.next().value();
}

// The values of a request before its attachments, as bytes, and the attachments.
struct Request {
  explicit Request(const DubboFrame& frame) {
    constexpr int kValues = 6;  // Dubbo, path, version, method, types, one argument
    hessian2::Document document;
    hessian2::Reader reader(frame.body, document);
    for (int i = 0; i < kValues; ++i) reader.read();
    before = frame.body.substr(0, reader.offset());
    const auto map = reader.read();
    EXPECT_TRUE(reader.at_end());
    for (std::size_t i = 0; i < map.size(); ++i) {
      attachments.emplace_back(map.key(i).text(), map.mapped(i).text());
    }
  }

  std::string before;
  tests::Http2Fields attachments;
};

// Asks a server that gives the recorded answer, and compares the request with the recorded one.
core::MetadataInfo exchange_over_dubbo(const std::string& recording, const std::string& revision) {
  const auto theirs = first_frame(golden_dubbo(recording + ".c2s.bin"));
  DubboFrame ours;
  const RawServer server([&](Peer& peer) {
    std::string bytes = peer.read_exactly(kDubboHead);
    const auto size = static_cast<std::size_t>(static_cast<unsigned char>(bytes[14])) << 8 |
                      static_cast<unsigned char>(bytes[15]);
    ours = first_frame(bytes + peer.read_exactly(size));
    auto reply = first_frame(golden_dubbo(recording + ".s2c.bin"));
    reply.id = ours.id;
    peer.write(encode(reply));
    peer.wait_for_end();
  });
  auto info = ask(server, "dubbo", revision);
  const Request our_request(ours);
  const Request their_request(theirs);
  EXPECT_EQ(our_request.before, their_request.before);
  EXPECT_THAT(their_request.attachments, IsSupersetOf(our_request.attachments));
  auto head = theirs;
  head.id = ours.id;
  head.body = ours.body;
  EXPECT_EQ(encode(ours), encode(head)) << "flags";
  return info;
}

TEST(GoldenExchange, OverDubboAsDubbosConsumerAsksAndAsTheProviderAnswers) {
  for (const std::string name :
       {"metadata-3.2.6/both-3svc", "metadata-3.2.6/dubbo-3svc-hessian2",
        "metadata-3.2.6/dubbo-order+stock-fastjson2", "metadata-3.2.6/dubbo-order-hessian2"}) {
    SCOPED_TRACE(name);
    const auto expected = core::MetadataInfo::parse(golden_dubbo(name + ".json"));
    tests::expect_same_and_true(exchange_over_dubbo(name + ".dubbo-1", expected.revision),
                                expected);
  }
}

TEST(GoldenExchange, OverDubboAsTheRegistrysOwnConsumerAsks) {
  const std::string revision = "0e39b0b4d77d3e55be795510634a20c8";
  const auto info = exchange_over_dubbo("consumer-3.2.6/dubbo-hessian2.dubbo20880-1", revision);
  EXPECT_EQ(info.revision, revision);
  EXPECT_EQ(info.compute_revision(), revision);
}

// Dubbo's client counts its streams from 3 on, podreg from 1.
std::string as_stream_1(const std::string& recorded) {
  std::string bytes;
  for (auto frame : tests::http2_frames(recorded)) {
    if (frame.stream > 3) break;
    if (frame.stream == 3) frame.stream = 1;
    bytes += frame.bytes();
  }
  return bytes;
}

// What a client sent up to the end of its first request.
std::string read_http2_request(Peer& peer) {
  std::string all = peer.read_exactly(24);
  for (std::uint8_t type = 1, flags = 0; type > 1 || (flags & 1) == 0;) {
    const std::string head = peer.read_exactly(9);
    if (head.empty()) return all;
    type = static_cast<std::uint8_t>(head[3]);
    flags = static_cast<std::uint8_t>(head[4]);
    const auto size = static_cast<std::size_t>(static_cast<unsigned char>(head[1])) << 8 |
                      static_cast<unsigned char>(head[2]);
    all += head + (size > 0 ? peer.read_exactly(size) : "");
  }
  return all;
}

std::string first_message(const std::vector<Http2Frame>& frames) {
  for (const auto& frame : frames) {
    if (frame.type == Http2Frame::kData && !frame.payload.empty()) return frame.payload;
  }
  return {};
}

TEST(GoldenExchange, OverTripleAsDubbosConsumerAsksAndAsTheProviderAnswers) {
  const auto theirs = tests::http2_frames(golden_dubbo("metadata-3.2.6/tri-order.tri-1.c2s.bin"));
  const auto expected = core::MetadataInfo::parse(golden_dubbo("metadata-3.2.6/tri-order.json"));
  std::string recorded;
  const RawServer server([&](Peer& peer) {
    recorded = read_http2_request(peer);
    peer.write(as_stream_1(golden_dubbo("metadata-3.2.6/tri-order.tri-1.s2c.bin")));
    peer.wait_for_end();
  });
  tests::expect_same_and_true(ask(server, "tri", expected.revision), expected);
  const auto ours = tests::http2_frames(recorded);
  EXPECT_EQ(first_message(ours), first_message(theirs));
  auto our_headers = tests::http2_headers(ours).at(0);
  std::erase(our_headers, std::pair<std::string, std::string>("user-agent", "podreg"));
  EXPECT_THAT(tests::http2_headers(theirs).at(0), IsSupersetOf(our_headers));
  // The registry's own consumer, whose message is in fastjson2, sends the same headers.
  const auto registrys = tests::http2_headers(
      tests::http2_frames(golden_dubbo("consumer-3.2.6/tri-default.tri50051-1.c2s.bin")));
  EXPECT_THAT(registrys.at(0), IsSupersetOf(our_headers));
}

TEST(GoldenExchange, MetadataServiceV2HasItsRequestAndItsAnswer) {
  const auto answer = golden_dubbo("triple-json-3.3.6/metav2.res.bin");
  std::string asked;
  const RawServer server([&](Peer& peer) {
    Http2Peer http2(peer);
    if (!http2.wait_for_request(1)) return;
    asked = http2.read_body(1);
    http2.headers(1, "application/grpc+proto");
    http2.data(1, answer, false);
    http2.trailers(1, {{"grpc-status", "0"}});
    peer.wait_for_end();
  });
  const std::string revision = "7339d08e43dff460f60725599fc95386";
  const auto info = ask(server, "tri", revision, true);
  EXPECT_EQ(asked, golden_dubbo("triple-json-3.3.6/metav2.req.bin"));
  EXPECT_EQ(info.app, "shop-order");
  EXPECT_EQ(info.revision, revision);
  EXPECT_EQ(info.compute_revision(), revision);
  ASSERT_EQ(info.services.size(), 6U);
  const auto& price = info.services.at("com.example.shop.PriceService:2.0.0:dubbo");
  EXPECT_EQ(price.port, 20880);
  EXPECT_EQ(price.params.at("timeout"), "1500");
}

}  // namespace
}  // namespace podreg::rpc
