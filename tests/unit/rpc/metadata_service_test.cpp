#include "rpc/metadata_service.h"

#include <gmock/gmock.h>

#include "rpc/grpc.h"
#include "rpc/tcp_dialer.h"
#include "tests/support/heap_peak.h"
#include "tests/support/http2_peer.h"
#include "tests/support/parsed_metadata.h"
#include "tests/unit/rpc/dubbo_peer.h"
#include "tests/unit/rpc/noting_dialer.h"

namespace podreg::rpc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// It says that its MetadataService is on another machine than it.
core::Instance instance_elsewhere() {
  return {"shop-order",
          "demo",
          "10.0.0.1",
          20880,
          "shop-order-1",
          "",
          tests::parsed_metadata(R"({"dubbo.metadata.revision":"1","dubbo.metadata-service.urls":)"
                                 R"("[\"dubbo://203.0.113.9:443/x\"]"})")};
}

core::Deadline soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(10); }

// Annotations are written by whoever may change a pod: podreg does not connect where they say.
TEST(MetadataService, AHostThatAnAnnotationNamesIsNotConnectedTo) {
  NotingDialer dialer(true);
  MetadataService service(dialer, {});
  try {
    service.ask(instance_elsewhere(), soon());
    ADD_FAILURE() << "it was asked";
  } catch (const core::NotAsked& error) {
    EXPECT_THAT(error.what(), HasSubstr("said to be at 203.0.113.9:443"));
    EXPECT_THAT(error.what(), HasSubstr("--allow-foreign-hosts"));
  }
  EXPECT_THAT(dialer.pods, IsEmpty());
}

TEST(MetadataService, ItIsWithTheFlagThatAllowsIt) {
  NotingDialer dialer(false);
  MetadataService::Options options;
  options.foreign_hosts = true;
  MetadataService service(dialer, options);
  EXPECT_THROW(service.ask(instance_elsewhere(), soon()), core::Error);
  EXPECT_THAT(dialer.pods, ElementsAre("shop-order-1"));
}

std::string refusal(const tests::RawServer& server, const std::string& protocol) {
  TcpDialer dialer;
  try {
    ask_for_metadata(dialer, {"demo", "shop-order-1", "127.0.0.1", server.port()},
                     {protocol, "127.0.0.1", server.port(), "shop-order", "1.0.0"}, "1", soon());
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::invalid_data);
    return error.what();
  }
  return "it was answered";
}

// Over tri null may be written, or left out.
TEST(MetadataService, ARevisionThatTheProviderDoesNotHaveIsToldAlikeOverEveryProtocol) {
  const std::string unknown = "the MetadataInfo is null: the instance does not have this revision";
  const tests::RawServer dubbo([](tests::Peer& peer) {
    speak_dubbo(peer, [] { return DubboReply{kStatusOk, "\x91N"}; });
  });
  EXPECT_EQ(refusal(dubbo, "dubbo"), unknown);
  for (const std::string message : {"", "\x12\1N"}) {
    const tests::RawServer tri([&](tests::Peer& peer) {
      tests::Http2Peer http2(peer);
      if (!http2.wait_for_request(1)) return;
      http2.headers(1, kGrpcContentType);
      http2.data(1, grpc_message(message), false);
      http2.trailers(1, {{"grpc-status", "0"}});
      peer.wait_for_end();
    });
    EXPECT_EQ(refusal(tri, "tri"), unknown);
  }
}

// Nothing is smaller in hessian2 than an empty map, and nothing takes more memory for its bytes.
TEST(MetadataService, AnAnswerOfNothingButEmptyMapsTakesNoMoreMemoryThanAnyOther) {
  std::string body = "\x91";  // a value: a list of 3 million maps
  hessian2::Writer writer;
  writer.list(3'000'000);
  body += writer.take();
  for (int i = 0; i < 3'000'000; ++i) body += "HZ";
  const tests::RawServer server([&](tests::Peer& peer) {
    speak_dubbo(peer, [&] { return DubboReply{kStatusOk, body}; });
  });
  TcpDialer dialer;
  MetadataService::Options options;
  options.default_port = server.port();
  MetadataService service(dialer, options);
  core::Instance instance = instance_elsewhere();
  instance.host = "127.0.0.1";
  instance.metadata = tests::parsed_metadata(R"({"dubbo.metadata.revision":"1"})");
  const tests::HeapPeak heap;
  try {
    service.ask(instance, soon());
    ADD_FAILURE() << "that is no MetadataInfo";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::invalid_data);
    EXPECT_THAT(error.what(), HasSubstr("more than 1000000 values"));
  }
  EXPECT_LT(heap.bytes(), std::size_t{64} << 20);
}

}  // namespace
}  // namespace podreg::rpc
