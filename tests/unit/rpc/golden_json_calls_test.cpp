// Calls in JSON that curl made of Dubbo 3.3.6: podreg's requests say what curl's said, and the
// recorded answers are understood.
#include <gmock/gmock.h>

#include <sstream>

#include "tests/support/golden_dubbo.h"
#include "tests/unit/rpc/golden_calls.h"

namespace podreg::rpc {
namespace {

using testing::Contains;
using testing::IsSupersetOf;
using tests::golden_dubbo;
using tests::Http2Fields;
using tests::Peer;
using tests::RawServer;

InvokerOptions in_json() {
  InvokerOptions options;
  options.triple_body = TripleBody::json;
  return options;
}

// What curl sent, and what Dubbo 3.3.6 answered, over HTTP/1.1.
struct Http1Message {
  explicit Http1Message(const std::string& bytes) {
    const auto end = bytes.find("\r\n\r\n");
    body = bytes.substr(end + 4);
    std::istringstream lines(bytes.substr(0, end));
    std::string line;
    std::getline(lines, line);
    words = line.substr(line.find(' ') + 1);
    words = words.substr(0, words.find(' '));
    while (std::getline(lines, line)) {
      if (line.ends_with('\r')) line.pop_back();
      const auto colon = line.find(": ");
      headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
  }

  std::string words;  // the path, or the status
  Http2Fields headers;
  std::string body;
};

struct JsonCall {
  int number;  // of the files
  GenericCall call;
  std::string outcome;
};

GenericCall of_service(GenericCall call, const std::string& group, const std::string& version) {
  call.group = group;
  call.version = version;
  return call;
}

std::vector<JsonCall> json_calls() {
  return {
      {1, call_of("OrderService", "echo", {{"\"x\"", {}}}), "\"echo:x\""},
      {4, call_of("OrderService", "echo", {{R"({"s":"x"})", {}}}), R"("echo:{\"s\":\"x\"}")"},
      {5, call_of("OrderService", "add", {{"2", {}}, {"40", {}}}), "42"},
      {6, call_of("OrderService", "getOrder", {{"\"o-1\"", {}}}),
       R"({"attrs":{"k":"v中"},"createdAt":1700000000000,"id":"o-1","paid":true,"price":9.5,)"
       R"("quantity":3,"tags":["a","b"]})"},
      {8, call_of("OrderService", "saveOrder", {{R"({"id":"o-2","quantity":5})", {}}}),
       R"({"createdAt":0,"id":"o-2","paid":false,"price":0.0,"quantity":6})"},
      {9, call_of("OrderService", "nosuch", {}),
       "error: com.example.shop.OrderService is not exported there, or has no method nosuch"},
      {10, call_of("OrderService", "echo", {{"[1,2,3]", {}}}), "\"echo:[1,2,3]\""},
      {12, of_service(call_of("StockService", "level", {{"\"sku\"", {}}}), "g1", "1.0.0"), "7"},
      {13, call_of("StockService", "level", {{"\"sku\"", {}}}), "7"},
      {15, of_service(call_of("PriceService", "price", {{"\"sku\"", {}}}), "", "2.0.0"), "1.25"},
  };
}

std::string curl_file(int number, const std::string& side) {
  return golden_dubbo("triple-json-3.3.6/curl-" + std::to_string(number) + "." + side + ".bin");
}

TEST(GoldenCalls, InJsonAsCurlPostsAndAsDubbo33Answers) {
  for (const auto& [number, call, expected] : json_calls()) {
    SCOPED_TRACE(number);
    const Http1Message request(curl_file(number, "c2s"));
    const Http1Message reply(curl_file(number, "s2c"));
    const Answering provider("application/json", std::stoi(reply.words), reply.body);
    const auto& method = call;
    EXPECT_EQ(outcome_of([&] { return call_there(provider.server(), "tri", method, in_json()); }),
              expected);
    EXPECT_EQ(provider.request(), request.body);
    EXPECT_THAT(provider.request_headers(), Contains(std::pair(":path", request.words)));
    for (const auto& field : request.headers) {
      if (field.first == "content-type" || field.first.starts_with("tri-")) {
        EXPECT_THAT(provider.request_headers(), Contains(field));
      }
    }
  }
}

TEST(GoldenCalls, InJsonOverHttp2FrameByFrame) {
  std::string sent;
  const RawServer server([&](Peer& peer) {
    peer.read_exactly(24);
    for (std::uint8_t flags = 0, type = 4; type != 0 || (flags & 1) == 0;) {
      const auto head = peer.read_exactly(9);
      if (head.empty()) return;
      type = static_cast<std::uint8_t>(head[3]);
      flags = static_cast<std::uint8_t>(head[4]);
      const auto size = static_cast<unsigned char>(head[2]);
      sent += head + (size > 0 ? peer.read_exactly(size) : "");
    }
    peer.write(curl_file(2, "s2c"));
    peer.wait_for_end();
  });
  const auto call = call_of("OrderService", "echo", {{"\"x\"", {}}});
  EXPECT_EQ(call_there(server, "tri", call, in_json()).json, "\"echo:x\"");
  const auto ours = tests::http2_frames(sent);
  const auto theirs = tests::http2_frames(curl_file(2, "c2s"));
  const auto body_of = [](const auto& frames) {
    std::string body;
    for (const auto& frame : frames) {
      if (frame.type == tests::Http2Frame::kData) body += frame.payload;
    }
    return body;
  };
  EXPECT_EQ(body_of(ours), body_of(theirs));
  auto our_headers = tests::http2_headers(ours).at(0);
  std::erase_if(our_headers, [](const auto& field) { return field.first == "user-agent"; });
  EXPECT_THAT(tests::http2_headers(theirs).at(0), IsSupersetOf(our_headers));
}

TEST(GoldenCalls, JsonThatDubbo33CannotReadIsNoExceptionOfTheMethod) {
  const Http1Message reply(curl_file(11, "s2c"));
  const Answering provider("application/json", std::stoi(reply.words), reply.body);
  EXPECT_EQ(outcome_of([&] {
              return call_there(provider.server(), "tri", call_of("OrderService", "echo", {}),
                                in_json());
            }),
            "error: the provider answered \"HTTP 500\": Error decoding json");
}

TEST(GoldenCalls, AResultThatIsAnObjectComesBackAsItIsInJson) {
  const Http1Message reply(curl_file(18, "s2c"));
  const Http1Message request(curl_file(18, "c2s"));
  GenericCall call;
  call.interface = call.path = "org.apache.dubbo.metadata.MetadataService";
  call.method = "getMetadataInfo";
  call.group = "shop-order";
  call.version = "1.0.0";
  call.arguments = {{"\"ecc9c834f637b8d92b0e87134166bbe0\"", {}}};
  const Answering provider("application/json", 200, reply.body);
  EXPECT_EQ(call_there(provider.server(), "tri", call, in_json()).json, reply.body);
  EXPECT_EQ(provider.request(), request.body);
}

}  // namespace
}  // namespace podreg::rpc
