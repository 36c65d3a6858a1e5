// Calls that the real Dubbo made and answered, and those that curl made of Dubbo 3.3: podreg's
// requests say what theirs said, and the recorded answers are understood.
#include <gmock/gmock.h>
#include <rapidjson/document.h>

#include <functional>
#include <sstream>

#include "core/error.h"
#include "core/protobuf.h"
#include "rpc/dubbo_frame.h"
#include "rpc/dubbo_invoker.h"
#include "rpc/grpc_status_details.h"
#include "rpc/hessian2_json.h"
#include "rpc/hessian2_reader.h"
#include "rpc/invoker.h"
#include "rpc/java_exception.h"
#include "rpc/tcp_dialer.h"
#include "rpc/triple_client.h"
#include "tests/support/golden_dubbo.h"
#include "tests/support/http2_dump.h"
#include "tests/support/http2_peer.h"

namespace podreg::rpc {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsSupersetOf;
using tests::golden_dubbo;
using tests::Http2Fields;
using tests::Http2Peer;
using tests::Peer;
using tests::RawServer;
using namespace std::chrono_literals;

constexpr const char* kAuthority = "10.244.77.10:50051";

GenericCall call_of(const std::string& interface, const std::string& method,
                    std::vector<JsonArgument> arguments) {
  GenericCall call;
  call.interface = call.path = "com.example.shop." + interface;
  call.method = method;
  call.arguments = std::move(arguments);
  return call;
}

core::Deadline soon() { return std::chrono::steady_clock::now() + 10s; }

CallAnswer call_there(const RawServer& server, const std::string& protocol, const GenericCall& call,
                      InvokerOptions options) {
  options.authority = kAuthority;
  auto stream = TcpDialer().dial({"demo", "a", "127.0.0.1", server.port()}, soon());
  return make_invoker(protocol, std::move(stream), call, options)->call(soon());
}

InvokerOptions with_types() {
  InvokerOptions options;
  options.json.types = true;
  return options;
}

InvokerOptions in_json() {
  InvokerOptions options;
  options.triple_body = TripleBody::json;
  return options;
}

// How it ended, whatever it is.
std::string outcome_of(const std::function<CallAnswer()>& call) {
  try {
    const auto answer = call();
    return answer.exception ? "exception: " + answer.exception->to_string() : answer.json;
  } catch (const core::Error& error) {
    return std::string("error: ") + error.what();
  }
}

// The calls of generic-3.2.6, in their order.
std::vector<GenericCall> generic_calls() {
  const std::string text = "java.lang.String";
  const std::string order =
      R"({"class":"com.example.shop.Order","id":"o-2","quantity":5,"tags":["t1"]})";
  std::vector<GenericCall> calls = {
      call_of("OrderService", "echo", {{"\"x\"", text}}),
      call_of("OrderService", "add", {{"2", "int"}, {"40", "int"}}),
      call_of("OrderService", "getOrder", {{"\"o-1\"", text}}),
      call_of("OrderService", "saveOrder", {{order, "com.example.shop.Order"}}),
      call_of("OrderService", "nosuch", {}),
  };
  for (auto& call : calls) call.typed = true;
  return calls;
}

// What the generic consumer of Dubbo printed: "true add -> java.lang.Integer 42".
std::vector<std::string> printed_results(const std::string& file) {
  std::vector<std::string> results;
  std::istringstream lines(golden_dubbo("generic-3.2.6/" + file));
  for (std::string line; std::getline(lines, line);) {
    const auto type = line.find(" -> ") + std::string(" -> ").size();
    results.push_back(line.substr(line.find(' ', type) + 1));
  }
  return results;
}

// A java.util.HashMap has its own order, and Dubbo's consumer printed no member that is null.
void expect_same_json(const std::string& found, const std::string& printed) {
  rapidjson::Document ours;
  rapidjson::Document theirs;
  ours.Parse(found.c_str());
  theirs.Parse(printed.c_str());
  ASSERT_FALSE(ours.HasParseError()) << found;
  ASSERT_FALSE(theirs.HasParseError()) << printed;
  if (ours.IsObject()) {
    for (auto member = ours.MemberBegin(); member != ours.MemberEnd();) {
      member = member->value.IsNull() ? ours.EraseMember(member) : member + 1;
    }
  }
  EXPECT_TRUE(ours == theirs) << found << "\n" << printed;
}

// TripleRequestWrapper, its values as JSON: lists of Java have other types in it than podreg's.
std::vector<std::string> parts_of(const std::string& message) {
  constexpr std::size_t kHead = 5;
  const auto body = message.substr(kHead);
  EXPECT_EQ(message.substr(0, kHead) + body, grpc_message(body));
  std::vector<std::string> parts;
  core::ProtobufMessage wrapper(body, "a request");
  for (core::ProtobufMessage::Field field; wrapper.next(field);) {
    std::string text(wrapper.bytes(field));
    if (field.number == 2) {
      hessian2::Document document;
      text = hessian2::to_json(hessian2::Reader(text, document).read(), with_types().json);
    }
    parts.push_back(std::to_string(field.number) + " " + text);
  }
  return parts;
}

// A server that gives a recorded answer to the first request of a connection.
class Answering {
 public:
  Answering(std::string type, int status, std::string body, Http2Fields trailers = {})
      : server_([this, type, status, body, trailers](Peer& peer) {
          Http2Peer http2(peer);
          if (!http2.wait_for_request(1)) return;
          request_ = http2.read_body(1);
          frames_ = http2.received();
          http2.headers(1, type, status);
          http2.data(1, body, trailers.empty());
          if (!trailers.empty()) http2.trailers(1, trailers);
          peer.wait_for_end();
        }) {}

  const RawServer& server() const { return server_; }
  const std::string& request() const { return request_; }
  Http2Fields request_headers() const {
    auto fields = tests::http2_headers(tests::http2_frames(frames_)).at(0);
    std::erase_if(fields, [](const auto& field) { return field.first == "user-agent"; });
    return fields;
  }

 private:
  std::string request_;
  std::string frames_;
  RawServer server_;
};

TEST(GoldenCalls, OverTripleAsDubbosGenericConsumerCallsAndAsTheProviderAnswers) {
  const auto dump =
      tests::read_http2_dump(golden_dubbo("generic-3.2.6/tri-hessian2-gsonjar-true-1.h2.txt"));
  const auto printed = printed_results("tri-hessian2-gsonjar-true.txt");
  const auto calls = generic_calls();
  ASSERT_EQ(printed.size(), calls.size());
  for (std::uint32_t i = 0; i < calls.size(); ++i) {
    SCOPED_TRACE(calls[i].method);
    const auto& theirs = dump.requests.at(3 + 2 * i);
    const auto& reply = dump.responses.at(3 + 2 * i);
    Http2Fields trailers;
    for (const std::string name : {"grpc-status", "grpc-message", "grpc-status-details-bin"}) {
      if (!reply.header(name).empty()) trailers.emplace_back(name, reply.header(name));
    }
    const Answering provider(reply.header("content-type"), 200, reply.data, trailers);
    const auto outcome =
        outcome_of([&] { return call_there(provider.server(), "tri", calls[i], with_types()); });
    EXPECT_EQ(parts_of(provider.request()), parts_of(theirs.data));
    EXPECT_THAT(theirs.headers.at(0), IsSupersetOf(provider.request_headers()));
    if (calls[i].method == "nosuch") {
      EXPECT_THAT(outcome, HasSubstr("OrderService has no method nosuch"));
    } else {
      expect_same_json(outcome, printed[i]);
    }
  }
}

TEST(GoldenCalls, TheStackOfAGrpcStatusIsThatOfDubbosOwnException) {
  const auto dump =
      tests::read_http2_dump(golden_dubbo("generic-3.2.6/tri-hessian2-gsonjar-true-1.h2.txt"));
  const auto stack = stack_in_details(dump.responses.at(11).header("grpc-status-details-bin"));
  EXPECT_THAT(stack, testing::StartsWith("org.apache.dubbo.rpc.RpcException: No such method nosuch "
                                         "in class interface com.example.shop.OrderService\n"
                                         "\tat org.apache.dubbo.rpc.filter.GenericFilter.invoke("));
  EXPECT_FALSE(exception_in_trace(stack)) << "it says that nothing was called";
}

// "@0 flag=0xc2 … len=301 body=05322e…", of a body the first 40 bytes.
struct DumpedFrame {
  int flags = 0;
  std::size_t size = 0;
  std::string beginning;
};

std::vector<DumpedFrame> dumped_frames(const std::string& file) {
  std::vector<DumpedFrame> frames;
  std::istringstream lines(golden_dubbo("generic-3.2.6/" + file));
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("@")) continue;
    const auto value = [&](const std::string& key) {
      const auto at = line.find(key + "=") + key.size() + 1;
      return line.substr(at, line.find_first_of(" .", at) - at);
    };
    frames.push_back({std::stoi(value("flag"), nullptr, 16), std::stoul(value("len")),
                      tests::bytes_of_hex(value("body"))});
  }
  return frames;
}

// Dubbo's consumer writes the version "0.0.0" where there is none; all that stands before is equal.
TEST(GoldenCalls, OverDubboRequestsBeginAsThoseOfDubbosGenericConsumer) {
  const auto theirs = dumped_frames("dubbo-hessian2-nogson-true-1.c2s.frames.txt");
  const auto calls = generic_calls();
  ASSERT_EQ(theirs.size(), calls.size());
  for (std::size_t i = 0; i < calls.size(); ++i) {
    SCOPED_TRACE(calls[i].method);
    DubboFrame frame;
    frame.request = frame.two_way = true;
    frame.body = encode(generic_request(calls[i]));
    const auto bytes = encode(frame);
    EXPECT_EQ(static_cast<unsigned char>(bytes[2]), theirs[i].flags);
    const auto path = std::string("\x05") + "2.0.2" + "\x1d" + calls[i].path;
    EXPECT_EQ(frame.body.substr(0, path.size()), path);
    EXPECT_EQ(theirs[i].beginning.substr(0, path.size()), path);
  }
}

TEST(GoldenCalls, OverDubboAnswersAreWhatDubbosGenericConsumerReadInThem) {
  const auto frames = dumped_frames("dubbo-hessian2-nogson-true-1.s2c.frames.txt");
  const auto printed = printed_results("dubbo-hessian2-nogson-true.txt");
  const auto calls = generic_calls();
  ASSERT_EQ(frames.size(), calls.size());
  std::size_t whole = 0;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (frames[i].size != frames[i].beginning.size()) continue;
    SCOPED_TRACE(calls[i].method);
    ++whole;
    DubboFrame answer;
    answer.status = kStatusOk;
    answer.body = frames[i].beginning;
    const RawServer server([&](Peer& peer) {
      DubboFrameReader reader;
      std::optional<DubboFrame> request;
      while (!(request = reader.next())) reader.feed(peer.read_some(4096));
      answer.id = request->id;
      peer.write(encode(answer));
      peer.wait_for_end();
    });
    expect_same_json(call_there(server, "dubbo", calls[i], with_types()).json, printed[i]);
  }
  EXPECT_EQ(whole, 2U) << "the others are longer than what was written down";
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
