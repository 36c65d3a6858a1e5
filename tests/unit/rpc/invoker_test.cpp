#include "rpc/invoker.h"

#include <gmock/gmock.h>

#include <functional>

#include "core/base64.h"
#include "core/error.h"
#include "core/protobuf.h"
#include "rpc/dubbo_invoker.h"
#include "rpc/grpc.h"
#include "rpc/tcp_dialer.h"
#include "tests/support/golden_dubbo.h"
#include "tests/support/http2_peer.h"

namespace podreg::rpc {
namespace {

using core::ErrorKind;
using testing::HasSubstr;
using tests::Http2Peer;
using tests::Peer;
using tests::RawServer;
using namespace std::chrono_literals;

constexpr const char* kOrderService = "com.example.shop.OrderService";

GenericCall call_of(const std::string& method, std::vector<JsonArgument> arguments, bool typed) {
  GenericCall call;
  call.interface = call.path = kOrderService;
  call.method = method;
  call.arguments = std::move(arguments);
  call.typed = typed;
  return call;
}

core::Deadline in(std::chrono::milliseconds time) {
  return std::chrono::steady_clock::now() + time;
}

std::string request_bytes(const GenericCall& call, std::uint64_t id) {
  DubboFrame frame;
  frame.request = frame.two_way = true;
  frame.id = id;
  frame.body = encode(generic_request(call));
  return encode(frame);
}

TEST(GenericRequest, HasTheBytesOfRequestsThatARealProviderAnswered) {
  EXPECT_EQ(request_bytes(call_of("echo", {{"\"x\"", "java.lang.String"}}, true), 8),
            tests::golden_dubbo("raw-3.2.6/raw-true-echo.req.bin"));
  EXPECT_EQ(request_bytes(call_of("echo", {{"\"x\"", {}}}, false), 10),
            tests::golden_dubbo("raw-3.2.6/raw-true-nulltypes.req.bin"));
  const char* order = R"({"id":"o-9","quantity":1,"tags":["q"]})";
  EXPECT_EQ(request_bytes(call_of("saveOrder", {{order, "com.example.shop.Order"}}, true), 9),
            tests::golden_dubbo("raw-3.2.6/raw-true-save.req.bin"));
}

std::unique_ptr<Invoker> open(const std::string& protocol, const RawServer& server,
                              const GenericCall& call, TripleBody body = TripleBody::hessian2) {
  InvokerOptions options;
  options.authority = "10.0.0.1:1";
  options.triple_body = body;
  auto stream = TcpDialer().dial({"demo", "a", "127.0.0.1", server.port()}, in(10s));
  return make_invoker(protocol, std::move(stream), call, options);
}

core::Error error_of(Invoker& invoker) {
  try {
    invoker.call(in(10s));
  } catch (const core::Error& error) {
    return error;
  }
  return {ErrorKind::output, "no error"};
}

using Answers = std::function<DubboFrame(int number)>;

// Answers dubbo requests, each with the id that it has; the first is number 1.
void answer_dubbo(Peer& peer, const Answers& answers) {
  DubboFrameReader reader;
  int number = 0;
  for (std::string bytes; !(bytes = peer.read_some(4096)).empty();) {
    reader.feed(bytes);
    while (const auto request = reader.next()) {
      auto answer = answers(++number);
      answer.id = request->id;
      peer.write(encode(answer));
    }
  }
}

void answer_dubbo(Peer& peer, const DubboFrame& answer) {
  answer_dubbo(peer, [&](int /*number*/) { return answer; });
}

DubboFrame golden_frame(const std::string& name) {
  DubboFrameReader reader;
  reader.feed(tests::golden_dubbo(name));
  return reader.next().value();
}

DubboFrame refusal_frame(int status, const std::string& message) {
  hessian2::Writer writer;
  writer.string(message);
  DubboFrame frame;
  frame.status = status;
  frame.body = writer.take();
  return frame;
}

TEST(DubboInvoker, TheResultOfARealProviderIsJson) {
  const RawServer server(
      [](Peer& peer) { answer_dubbo(peer, golden_frame("raw-3.2.6/raw-true-save.res.bin")); });
  const auto answer =
      open("dubbo", server, call_of("saveOrder", {{"{}", {}}}, false))->call(in(10s));
  EXPECT_EQ(answer.json,
            R"({"parent":null,"createdAt":0,"quantity":2,"price":0.0,"paid":false,"id":"o-9",)"
            R"("tags":["q"],"attrs":null})");
}

TEST(DubboInvoker, WhatDoesNotExistIsNotFoundAndWhatIsUnclearIsWrongUse) {
  const auto refused = [](int status, const char* message) {
    const RawServer server([&](Peer& peer) { answer_dubbo(peer, refusal_frame(status, message)); });
    return error_of(*open("dubbo", server, call_of("nope", {}, false)));
  };
  EXPECT_EQ(refused(70, "org.apache.dubbo.rpc.RpcException: No such method nope in class x").what(),
            std::string("com.example.shop.OrderService has no method nope"));
  EXPECT_EQ(refused(40,
                    "Fail to decode request due to: RpcInvocation [methodName=$invoke, "
                    "parameterTypes=null]")
                .kind(),
            ErrorKind::not_found);
  EXPECT_EQ(refused(70, "…RemotingException: Not found exported service: x").kind(),
            ErrorKind::not_found);
  EXPECT_EQ(refused(70, "java.lang.IllegalStateException: Not unique method for method name(nope)")
                .kind(),
            ErrorKind::usage);
  EXPECT_EQ(refused(100, "Thread pool is EXHAUSTED!").kind(), ErrorKind::unreachable);
}

// An exception as Dubbo 3.2.6 wraps it for a generic call.
std::string generic_exception() {
  hessian2::Writer name;
  name.string("com.alibaba.dubbo.rpc.service.GenericException");
  std::string bytes = "C" + name.bytes() + "\x93";
  for (const char* field : {"detailMessage", "exceptionMessage", "exceptionClass"}) {
    hessian2::Writer writer;
    writer.string(field);
    bytes += writer.bytes();
  }
  bytes += "\x60";
  for (const char* value : {"x.Sold: out\n\tat x.Shop.sell(Shop.java:7)\n", "out", "x.Sold"}) {
    hessian2::Writer writer;
    writer.string(value);
    bytes += writer.bytes();
  }
  return bytes;
}

void expect_sold(const CallAnswer& answer) {
  ASSERT_TRUE(answer.exception);
  EXPECT_EQ(answer.exception->to_string(), "x.Sold: out");
  EXPECT_EQ(answer.exception->stack, "x.Sold: out\n\tat x.Shop.sell(Shop.java:7)\n");
}

TEST(DubboInvoker, AnExceptionHasTheClassMessageAndStackOfWhatTheMethodThrew) {
  DubboFrame frame;
  frame.status = kStatusOk;
  frame.body = "\x90" + generic_exception();
  const RawServer server([&](Peer& peer) { answer_dubbo(peer, frame); });
  expect_sold(open("dubbo", server, call_of("sell", {}, false))->call(in(10s)));
}

using Fields = std::vector<std::pair<std::string, std::string>>;

// Answers two requests of one connection alike.
void answer_triple(Peer& peer, const std::string& body, const Fields& trailers,
                   const std::string& type = "application/grpc+proto", int status = 200) {
  Http2Peer http2(peer);
  for (const std::uint32_t stream : {1U, 3U}) {
    if (!http2.wait_for_request(stream)) return;
    http2.read_body(stream);
    http2.headers(stream, type, status);
    http2.data(stream, body, trailers.empty());
    if (!trailers.empty()) http2.trailers(stream, trailers);
  }
  peer.wait_for_end();
}

std::string wrapped(const std::string& value) {
  std::string message;
  core::append_field(message, 1, "hessian4");
  core::append_field(message, 2, value);
  return grpc_message(message);
}

TEST(TripleInvoker, OneConnectionServesManyCalls) {
  const RawServer server([](Peer& peer) {
    answer_triple(peer, wrapped("\xba"), {{"grpc-status", "0"}});
  });
  const auto invoker = open("tri", server, call_of("add", {{"2", {}}, {"40", {}}}, false));
  EXPECT_EQ(invoker->call(in(10s)).json, "42");
  EXPECT_EQ(invoker->call(in(10s)).json, "42");
}

TEST(TripleInvoker, AnExceptionIsAValueWithAHeader) {
  const RawServer server([](Peer& peer) {
    answer_triple(peer, wrapped(generic_exception()),
                  {{"grpc-status", "0"}, {"tri-exception-code", "3"}});
  });
  expect_sold(open("tri", server, call_of("sell", {}, false))->call(in(10s)));
}

TEST(TripleInvoker, WhatDoesNotExistIsNotFound) {
  const auto refused = [](const char* status, const char* message) {
    const RawServer server([&](Peer& peer) {
      answer_triple(peer, "", {{"grpc-status", status}, {"grpc-message", message}});
    });
    return error_of(*open("tri", server, call_of("nope", {}, false)));
  };
  EXPECT_EQ(refused("2", "No%20such%20method%20nope").kind(), ErrorKind::not_found);
  EXPECT_EQ(refused("12", "Service not found:x").kind(), ErrorKind::not_found);
  EXPECT_EQ(refused("12", "Invoker for gRPC not found").kind(), ErrorKind::not_found);
  EXPECT_EQ(refused("2", "Not unique method for method name(nope)").kind(), ErrorKind::usage);
  EXPECT_THAT(refused("14", "down").what(), HasSubstr("UNAVAILABLE (14)"));
}

TEST(TripleInvoker, JsonComesBackAsItIs) {
  const RawServer server(
      [](Peer& peer) { answer_triple(peer, "{\"a\":9007199254740993}", {}, "application/json"); });
  const auto invoker = open("tri", server, call_of("a", {{"{}", {}}}, false), TripleBody::json);
  EXPECT_EQ(invoker->call(in(10s)).json, "{\"a\":9007199254740993}");
}

// What Dubbo 3.3.6 answered to calls in JSON.
CallAnswer answer_in_json(int status, const std::string& body) {
  const RawServer server(
      [&](Peer& peer) { answer_triple(peer, body, {}, "application/json", status); });
  return open("tri", server, call_of("sell", {{"1", {}}}, false), TripleBody::json)->call(in(10s));
}

TEST(TripleInvoker, InJsonAnExceptionHasItsMessageAndNoClass) {
  const auto thrown = [](const std::string& body) {
    const auto answer = answer_in_json(500, body);
    return answer.exception ? answer.exception->to_string() : "no exception";
  };
  EXPECT_EQ(thrown(R"({"message":"out of 库","status":"500"})"), "Java exception: out of 库");
  EXPECT_EQ(thrown(R"({"status":"500"})"), "Java exception");
}

TEST(TripleInvoker, InJsonWhatKeepsDubboFromCallingIsNoException) {
  const auto refused = [](int status, const std::string& body) {
    try {
      answer_in_json(status, body);
    } catch (const core::Error& error) {
      return error;
    }
    return core::Error(ErrorKind::output, "no error");
  };
  EXPECT_EQ(
      refused(500, R"({"message":"Ambiguous mapping for '/x.Shop/sell'","status":"500"})").kind(),
      ErrorKind::usage);
  const auto number =
      refused(500, R"({"message":"Name for argument of type [int] not specified, and )"
                   R"(parameter name information not available","status":"500"})");
  EXPECT_EQ(number.kind(), ErrorKind::not_found);
  EXPECT_THAT(number.what(), HasSubstr("has no method sell with 1 argument"));
  for (const auto* const body :
       {R"({"message":"Error decoding json","status":"500"})",
        R"({"message":"Error encoding json","status":"500"})", R"({"message":"x","status":"501"})",
        R"({"error":"x"})", "<html>a proxy</html>", "", "500"}) {
    EXPECT_EQ(refused(500, body).kind(), ErrorKind::invalid_data) << body;
  }
  EXPECT_EQ(refused(400, R"({"message":"Could not convert argument","status":"400"})").kind(),
            ErrorKind::invalid_data);
  EXPECT_EQ(refused(503, R"({"message":"down","status":"503"})").kind(), ErrorKind::unreachable);
  EXPECT_EQ(refused(404, R"({"message":"Invoker not found","status":"404"})").kind(),
            ErrorKind::not_found);
  EXPECT_EQ(refused(415, "").kind(), ErrorKind::usage);
}

TEST(DubboInvoker, WhatCouldNotBeDecodedIsSentOnceMore) {
  int requests = 0;
  const RawServer server([&](Peer& peer) {
    answer_dubbo(peer, [&](int number) {
      requests = number;
      return golden_frame(number == 1 ? "raw-3.2.6/raw-nosuchservice.res.bin"
                                      : "raw-3.2.6/raw-add.res.bin");
    });
  });
  const auto invoker = open("dubbo", server, call_of("add", {{"2", {}}, {"40", {}}}, false));
  EXPECT_EQ(invoker->call(in(10s)).json, "42");
  EXPECT_EQ(invoker->call(in(10s)).json, "42");
  EXPECT_EQ(requests, 3);
}

// As StringUtils#toString of Dubbo writes what was thrown: its first line, and the whole.
constexpr const char* kTrace =
    "java.lang.NumberFormatException: For input string: \"x\"\n"
    "java.lang.NumberFormatException: For input string: \"x\"\n"
    "\tat java.lang.Integer.parseInt(Integer.java:652)\n";

TEST(DubboInvoker, TheStackOfAnExceptionInPlaceOfAnAnswerSaysWhatWasThrown) {
  const auto answered = [](const std::string& message) {
    const RawServer server([&](Peer& peer) { answer_dubbo(peer, refusal_frame(70, message)); });
    return open("dubbo", server, call_of("sell", {}, false))->call(in(10s));
  };
  const auto answer = answered(kTrace);
  ASSERT_TRUE(answer.exception);
  EXPECT_EQ(answer.exception->class_name, "java.lang.NumberFormatException");
  EXPECT_EQ(answer.exception->message, "For input string: \"x\"");
  EXPECT_EQ(answer.exception->stack,
            "java.lang.NumberFormatException: For input string: \"x\"\n"
            "\tat java.lang.Integer.parseInt(Integer.java:652)\n");
  for (const std::string message :
       {"org.apache.dubbo.rpc.RpcException: x\n\tat a.B.c(B.java:1)", "x: y\n\tat a.B.c(B.java:1)",
        "a sentence. With dots\n\tat a.B.c(B.java:1)", "java.lang.Error: x", ""}) {
    EXPECT_THROW(answered(message), core::Error) << message;
  }
}

TEST(TripleInvoker, TheStackOfAGrpcStatusSaysWhatWasThrown) {
  const auto field = [](std::uint32_t number, std::string_view bytes) {
    std::string message;
    core::append_field(message, number, bytes);
    return message;
  };
  const auto debug_info = field(1, "x.Sold: out") + field(1, "\tat x.Shop.sell(Shop.java:7)");
  const auto any = field(1, "type.googleapis.com/google.rpc.DebugInfo") + field(2, debug_info);
  auto details = core::encode_base64(field(2, "out") + field(3, any));
  details.erase(details.find_last_not_of('=') + 1);
  const auto answered = [](const std::string& trailer) {
    const RawServer server([&](Peer& peer) {
      answer_triple(
          peer, "",
          {{"grpc-status", "2"}, {"grpc-message", "out"}, {"grpc-status-details-bin", trailer}});
    });
    return open("tri", server, call_of("sell", {}, false))->call(in(10s));
  };
  expect_sold(answered(details));
  for (const auto& trailer : {std::string("*"), std::string(), details.substr(0, 20)}) {
    EXPECT_THROW(answered(trailer), core::Error) << trailer;
  }
}

TEST(Invoker, AnswersThatAreNoneAreInvalidData) {
  for (const std::string& body :
       {std::string("\x91"), std::string(), std::string("\x91\x60"), std::string("\x91QQ")}) {
    DubboFrame frame;
    frame.status = kStatusOk;
    frame.body = body;
    const RawServer dubbo([&](Peer& peer) { answer_dubbo(peer, frame); });
    EXPECT_EQ(error_of(*open("dubbo", dubbo, call_of("a", {}, false))).kind(),
              ErrorKind::invalid_data);
  }
  for (const std::string& body : {std::string(), std::string("\0\0\0\0\1\x08", 6), wrapped("\x60"),
                                  wrapped(""), grpc_message("\xff\xff")}) {
    const RawServer tri([&](Peer& peer) { answer_triple(peer, body, {{"grpc-status", "0"}}); });
    EXPECT_EQ(error_of(*open("tri", tri, call_of("a", {}, false))).kind(), ErrorKind::invalid_data);
  }
}

}  // namespace
}  // namespace podreg::rpc
