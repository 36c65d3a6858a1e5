// Providers that misbehave over triple, seen from the command line: which status and which
// sentence, whatever they send, and never without end.
#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <string>

#include "core/protobuf.h"
#include "rpc/grpc.h"
#include "tests/support/http2_peer.h"
#include "tests/unit/cli/provider_run.h"

namespace podreg::cli {
namespace {

using rpc::grpc_message;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::Http2Peer;
using tests::Peer;
using tests::RawServer;
using namespace std::string_literals;

const std::string kRevision = "0123456789abcdef0123456789abcdef";
constexpr std::uint32_t kStream = 1;

// What a provider does on a connection.
using Fault = std::function<void(Peer&)>;
// What it does with the request.
using Answer = std::function<void(Http2Peer&)>;

Fault answering(const Answer& answer) {
  return [answer](Peer& peer) {
    Http2Peer http2(peer);
    if (!http2.wait_for_request(kStream)) return;
    answer(http2);
    peer.wait_for_end();
  };
}

Fault sending(const std::string& bytes) {
  return [bytes](Peer& peer) {
    peer.read_some(24);
    peer.write(bytes);
    peer.wait_for_end();
  };
}

Fault answering_body(const std::string& body) {
  return answering([body](Http2Peer& http2) {
    http2.headers(kStream, "application/grpc+proto");
    http2.data(kStream, body, false);
    http2.trailers(kStream, {{"grpc-status", "0"}});
  });
}

// TripleResponseWrapper with a value in hessian2.
Fault answering_value(const std::string& hessian2) {
  std::string wrapper;
  core::append_field(wrapper, 2, hessian2);
  return answering_body(grpc_message(wrapper));
}

using Case = FaultCase<Fault>;

class TripleFault : public ::testing::TestWithParam<Case> {};

TEST_P(TripleFault, EndsWithItsStatusAndASentenceThatNamesThePod) {
  const auto& [name, fault, status, sentence] = GetParam();
  const RawServer server(fault);
  const auto snapshot = tests::shop_snapshot({{"shop-1", "10.0.0.1"}}, kRevision, "tri");
  const auto ran = run_on_snapshot(snapshot, {"urls", "shop", "--connect", server.authority(),
                                              "--timeout", timeout_of(sentence), "-o", "url"});
  EXPECT_EQ(ran.status, status) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("podreg: error: no instance answered for the MetadataInfo of "
                                 "revision " +
                                 kRevision + ": pod \"shop-1\": "));
  EXPECT_THAT(ran.err, HasSubstr(sentence));
  EXPECT_TRUE(std::ranges::none_of(ran.err, [](unsigned char c) { return c < 32 && c != '\n'; }));
  EXPECT_THAT(ran.out, IsEmpty());
}

const Case kCases[] = {
    {"Silence", [](Peer& peer) { peer.wait_for_end(); }, 5, "no answer in time"},
    {"SilenceAfterTheSettings", answering([](Http2Peer&) {}), 5, "no answer in time"},
    {"DataWithoutEnd", answering([](Http2Peer& http2) {
       http2.headers(kStream, "application/grpc+proto");
       for (int i = 0; i < 1024; ++i) http2.data(kStream, std::string(65'536, '\0'), false);
     }),
     7, ""},
    {"CloseAtOnce", [](Peer& peer) { peer.read_some(1000); }, 5,
     "the connection was closed without an answer; perhaps something else is spoken there"},
    {"CloseInTheMiddle",
     [](Peer& peer) {
       Http2Peer http2(peer);
       if (http2.wait_for_request(kStream)) http2.headers(kStream, "application/grpc+proto");
       peer.finish_writing();
       peer.wait_for_end();
     },
     5, "the connection ended in the middle of an answer"},
    {"Garbage", sending("\x1b[31mGARBAGE\r\n"), 7, "what arrived is no HTTP/2"},
    {"Dubbo", sending("\xda\xbb\x02\x14\0\0\0\0\0\0\0\1\0\0\0\2\x91N"s), 7, "it speaks dubbo"},
    {"Tls", sending("\x15\x03\1\0\2\2\x46"s), 7, "it speaks TLS"},
    {"Http1", sending("HTTP/1.1 400 Bad Request\r\n\r\n"), 7, "it answers in HTTP/1"},
    {"AFrameOf16Megabytes", sending("\0\0\0\4\0\0\0\0\0\xff\xff\xff\0\0\0\0\0\1"s), 7,
     "HTTP/2 is not well formed"},
    {"TwoGigabytes", answering_body("\0\x7f\xff\xff\xff"s), 7,
     "answer of 2147483647 bytes is larger than"},
    {"AMessageThatIsCut", answering_body("\0\0\0\0\5ab"s), 7, "holds 2 bytes, not the 5"},
    {"NoMessage", answering_body(""), 7, "the provider's answer is empty"},
    {"NoProtobuf", answering_body(grpc_message("\x12\x7f")), 7, "the provider's answer"},
    {"Null", answering_value("N"), 7, "the instance does not have this revision"},
    {"NoValue", answering_body(grpc_message("")), 7, "the instance does not have this revision"},
    {"DeepNesting", answering_value(std::string(100'000, '\x79') + "N"), 7,
     "nested deeper than 512 levels"},
    {"ReferenceToNowhere", answering_value("Q\x95"), 7,
     "a reference to value 5, of which there are 0"},
    {"ClassOfAMillionFields",
     answering_value("C\3x.AI\0\x0f\x42\x40"s + std::string(1'000'000, '\0')), 7,
     "a class of 1000000 fields"},
    {"Reset", answering([](Http2Peer& http2) { http2.reset_stream(kStream, 2); }), 5,
     "the provider gave the request up"},
    {"GoingAway", answering([](Http2Peer& http2) { http2.go_away(0); }), 5,
     "the provider gave the request up"},
    {"StatusOfAnError", answering([](Http2Peer& http2) {
       http2.headers(kStream, "application/grpc+proto");
       http2.trailers(kStream, {{"grpc-status", "12"}, {"grpc-message", "no%20%1b[31m%20method"}});
     }),
     7, "the provider answered \"UNIMPLEMENTED (12)\": no "},
    {"NoStatus", answering([](Http2Peer& http2) {
       http2.headers(kStream, "text/html");
       http2.data(kStream, "<html>", true);
     }),
     7, "the provider's answer is not gRPC but text/html"},
};

INSTANTIATE_TEST_SUITE_P(Provider, TripleFault, ::testing::ValuesIn(kCases),
                         [](const auto& test) { return test.param.name; });

TEST(TripleProvider, ThatDoesNotHaveTheRevisionIsAFindingOfItsOwn) {
  for (const auto& fault : {answering_value("N"), answering_body(grpc_message(""))}) {
    const RawServer server(fault);
    const auto snapshot = tests::shop_snapshot({{"shop-1", "10.0.0.1"}}, kRevision, "tri");
    const auto ran = run_on_snapshot(snapshot, {"doctor", "shop", "--connect", server.authority()});
    EXPECT_THAT(ran.out, HasSubstr("RevisionNotKnown")) << ran.err;
  }
}

}  // namespace
}  // namespace podreg::cli
