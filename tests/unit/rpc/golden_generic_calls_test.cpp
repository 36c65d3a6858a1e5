// Generic calls that the real Dubbo made and answered: podreg's requests say what theirs said, and
// the recorded answers are understood.
#include <gmock/gmock.h>

#include <sstream>

#include "core/json.h"
#include "core/protobuf.h"
#include "rpc/dubbo_frame.h"
#include "rpc/dubbo_invoker.h"
#include "rpc/grpc.h"
#include "rpc/grpc_status_details.h"
#include "rpc/hessian2_json.h"
#include "rpc/hessian2_reader.h"
#include "rpc/java_exception.h"
#include "tests/support/golden_dubbo.h"
#include "tests/unit/rpc/golden_calls.h"

namespace podreg::rpc {
namespace {

using testing::HasSubstr;
using testing::IsSupersetOf;
using tests::golden_dubbo;
using tests::Http2Fields;
using tests::Peer;
using tests::RawServer;

InvokerOptions with_types() {
  InvokerOptions options;
  options.json.types = true;
  return options;
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
  core::JsonDocument ours;
  core::JsonDocument theirs;
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

}  // namespace
}  // namespace podreg::rpc
