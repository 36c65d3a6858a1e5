#include "rpc/dubbo_message.h"

#include <gmock/gmock.h>

#include <map>

#include "core/error.h"
#include "rpc/jsonb_string.h"
#include "tests/support/golden_dubbo.h"

namespace podreg::rpc {
namespace {

using testing::HasSubstr;
using namespace std::string_literals;

std::string golden(const std::string& name) { return tests::golden_dubbo(name); }

DubboFrame only_frame(const std::string& bytes) {
  DubboFrameReader reader;
  reader.feed(bytes);
  auto frame = reader.next();
  EXPECT_TRUE(frame && !reader.in_the_middle());
  return frame.value_or(DubboFrame());
}

std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::invalid_data);
    return error.what();
  }
  return "no error";
}

TEST(DubboRequest, HasTheBytesOfARequestThatARealProviderAnswered) {
  constexpr const char* kPath = "org.apache.dubbo.metadata.MetadataService";
  DubboRequest request;
  request.path = kPath;
  request.version = "1.0.0";
  request.method = "getMetadataInfo";
  request.parameter_types = "Ljava/lang/String;";
  request.arguments = [](hessian2::Writer& w) { w.string("108cc42e4db86ed1d09ddfe310f4fc24"); };
  request.attachments = {{"path", kPath}, {"group", "shop-order"}};
  DubboFrame frame;
  frame.request = frame.two_way = true;
  frame.id = 16;
  frame.body = encode(request);
  EXPECT_EQ(encode(frame), golden("raw-3.2.6/raw-meta-min.req.bin"));
}

TEST(DubboRequest, AHeartbeatHasTheBytesOfDubbos) {
  EXPECT_EQ(encode(heartbeat(1)), golden("raw-3.2.6/raw-heartbeat.req.bin"));
  EXPECT_EQ(encode(answer_to_heartbeat(only_frame(golden("raw-3.2.6/raw-heartbeat.req.bin")))),
            golden("raw-3.2.6/raw-heartbeat.res.bin"));
}

TEST(DubboAnswer, AValueWithAttachments) {
  DubboAnswer answer;
  read_answer(only_frame(golden("raw-3.2.6/raw-echo-min.res.bin")), answer);
  ASSERT_TRUE(answer.value);
  EXPECT_EQ(answer.value->text(), "echo:x");
  EXPECT_FALSE(answer.exception);
}

TEST(DubboAnswer, TheMetadataInfoOfARealProvider) {
  DubboAnswer answer;
  read_answer(only_frame(golden("raw-3.2.6/raw-meta-min.res.bin")), answer);
  ASSERT_TRUE(answer.value);
  EXPECT_EQ(answer.value->type_name(), "org.apache.dubbo.metadata.MetadataInfo");
  EXPECT_EQ(answer.value->member("app")->text(), "shop-order");
  EXPECT_EQ(answer.value->member("services")->type_name(),
            "java.util.concurrent.ConcurrentHashMap");
}

TEST(DubboAnswer, EveryValueOfTheRealProviderIsRead) {
  const std::map<std::string, std::string> strings = {
      {"echo-min", "echo:x"},  {"echo-noatt", "echo:x"}, {"echo-ver000", "echo:x"},
      {"gson-echo", "echo:x"}, {"true-echo", "echo:x"},  {"true-nulltypes", "echo:x"},
      {"echo-service", "OK"},
  };
  for (const auto& [name, expected] : strings) {
    DubboAnswer answer;
    read_answer(only_frame(golden("raw-3.2.6/raw-" + name + ".res.bin")), answer);
    EXPECT_EQ(answer.value->text(), expected) << name;
  }
  for (const std::string name : {"add", "true-stringargs-add"}) {
    DubboAnswer answer;
    read_answer(only_frame(golden("raw-3.2.6/raw-" + name + ".res.bin")), answer);
    EXPECT_EQ(answer.value->integer(), 42) << name;
  }
  for (const std::string name : {"gson-save", "true-save"}) {
    DubboAnswer answer;
    read_answer(only_frame(golden("raw-3.2.6/raw-" + name + ".res.bin")), answer);
    EXPECT_EQ(answer.value->member("class")->text(), "com.example.shop.Order") << name;
    EXPECT_EQ(answer.value->member("quantity")->integer(), 2) << name;
    EXPECT_EQ(answer.value->member("price")->real(), 0.0) << name;
    EXPECT_EQ(answer.value->member("tags")->type_name(), "java.util.ArrayList") << name;
    EXPECT_TRUE(answer.value->member("attrs")->is_null()) << name;
  }
  for (const std::string name : {"meta", "meta-min"}) {
    DubboAnswer answer;
    read_answer(only_frame(golden("raw-3.2.6/raw-" + name + ".res.bin")), answer);
    EXPECT_EQ(answer.value->member("revision")->text(), "108cc42e4db86ed1d09ddfe310f4fc24");
  }
}

TEST(DubboAnswer, ABadStatusIsSaidInWordsWithTheProvidersMessage) {
  const auto refusal = [](const std::string& name) {
    return error_of([&] {
      DubboAnswer answer;
      read_answer(only_frame(golden("raw-3.2.6/raw-" + name + ".res.bin")), answer);
    });
  };
  EXPECT_EQ(refusal("nosuchservice"),
            "the provider answered \"bad request (40)\": Fail to decode request due to: "
            "RpcInvocation [methodName=echo, parameterTypes=null]");
  EXPECT_EQ(refusal("nosuchmethod"),
            "the provider answered \"bad request (40)\": Fail to decode request due to: "
            "RpcInvocation [methodName=nope, parameterTypes=null]");
  EXPECT_THAT(refusal("meta-nogroup"),
              HasSubstr("\"service error (70)\": org.apache.dubbo.remoting.RemotingException: Not "
                        "found exported service: org.apache.dubbo.metadata.MetadataService:1.0.0"));
  const auto generic = refusal("meta-generic");
  EXPECT_THAT(generic,
              HasSubstr("\"service error (70)\": org.apache.dubbo.rpc.RpcException: Failed "
                        "to invoke remote proxy method $invoke"));
  EXPECT_LT(generic.size(), 600U) << "not the whole of it";
}

TEST(DubboAnswer, ATimeoutOrAnExhaustedThreadPoolIsUnreachable) {
  const auto kind_of = [](int status) {
    DubboFrame frame;
    frame.status = status;
    DubboAnswer answer;
    try {
      read_answer(frame, answer);
    } catch (const core::Error& error) {
      return error.kind();
    }
    return core::ErrorKind::usage;
  };
  for (const int status : {30, 31, 100}) {
    EXPECT_EQ(kind_of(status), core::ErrorKind::unreachable) << status;
  }
  for (const int status : {40, 70, 80}) {
    EXPECT_EQ(kind_of(status), core::ErrorKind::invalid_data) << status;
  }
}

TEST(DubboAnswer, AnExceptionAndANullAreToldApart) {
  DubboFrame frame;
  frame.status = 20;
  for (const char* body : {"\x90\x01x", "\x93\x01xHZ"}) {
    frame.body = body;
    DubboAnswer answer;
    read_answer(frame, answer);
    ASSERT_TRUE(answer.exception);
    EXPECT_EQ(answer.exception->text(), "x");
    EXPECT_FALSE(answer.value);
  }
  for (const char* body : {"\x92", "\x95HZ"}) {
    frame.body = body;
    DubboAnswer answer;
    read_answer(frame, answer);
    ASSERT_TRUE(answer.value);
    EXPECT_TRUE(answer.value->is_null());
  }
}

TEST(DubboAnswer, WhatIsNoAnswerIsRefused) {
  DubboFrame frame;
  frame.status = 20;
  DubboAnswer answer;
  frame.body = "\x01x";
  EXPECT_THAT(error_of([&] { read_answer(frame, answer); }), HasSubstr("does not say what it is"));
  frame.body = "";
  EXPECT_THAT(error_of([&] { read_answer(frame, answer); }), HasSubstr("not hessian2"));
  frame.serialization = kFastjson2;
  EXPECT_THAT(error_of([&] { read_answer(frame, answer); }), HasSubstr("serialization 23"));
}

TEST(DubboFrameReader, FramesMayArriveInAnyPieces) {
  const std::string bytes =
      golden("raw-3.2.6/raw-meta-min.res.bin") + golden("raw-3.2.6/raw-heartbeat.res.bin");
  DubboFrameReader reader;
  std::vector<DubboFrame> frames;
  for (const char c : bytes) {
    reader.feed({&c, 1});
    if (auto frame = reader.next()) frames.push_back(std::move(*frame));
  }
  ASSERT_EQ(frames.size(), 2U);
  EXPECT_EQ(frames[0].id, 16U);
  EXPECT_EQ(frames[0].body.size(), 646U);
  EXPECT_TRUE(frames[1].event);
  EXPECT_FALSE(reader.in_the_middle());
}

TEST(DubboFrameReader, WhatIsNoDubboIsRefusedAtOnce) {
  const auto refusal = [](const std::string& bytes) {
    return error_of([&] {
      DubboFrameReader reader;
      reader.feed(bytes);
      reader.next();
    });
  };
  EXPECT_EQ(refusal("x"), "what arrived is no dubbo frame");
  EXPECT_EQ(refusal("HTTP/1.1 400"), "what arrived is no dubbo frame; it answers in HTTP/1");
  EXPECT_EQ(refusal("\x15\x03\x03"), "what arrived is no dubbo frame; it speaks TLS");
  EXPECT_EQ(refusal("\x00\x00\x12\x04\x00"s),
            "what arrived is no dubbo frame; it speaks HTTP/2, as triple does");
  EXPECT_EQ(refusal("\xda\xbb\x02\x14\0\0\0\0\0\0\0\1\x80\0\0\0"s),
            "a dubbo frame of 2147483648 bytes; the limit is 16777216");
}

TEST(JsonbString, EveryFormOfAString) {
  EXPECT_EQ(jsonb_string("\0\0\0\3\x4bhi"s), "hi");
  EXPECT_EQ(jsonb_string("\0\0\0\4\x79\x02hi"s), "hi");
  EXPECT_EQ(jsonb_string("\0\0\0\x8\x79\x48\0\0\0\2hi"s), "hi");
  EXPECT_EQ(jsonb_string("\0\0\0\5\x7a\x03\xe8\xae\xa2"s), "订");
  EXPECT_EQ(jsonb_string("\0\0\0\4\x7c\x02\xa2\x8b"s), "订");
  EXPECT_EQ(jsonb_string("\0\0\0\4\x7d\x02\x8b\xa2"s), "订");
  for (const auto& body : {""s, "\0\0\0\0"s, "\0\0\0\1\x4b"s, "\0\0\0\2\x79\x02"s, "\0\0\0\1\xaf"s,
                           "\0\0\0\2\x79\x48"s, "\0\0\0\7xx"s}) {
    EXPECT_EQ(jsonb_string(body), std::nullopt) << testing::PrintToString(body);
  }
}

}  // namespace
}  // namespace podreg::rpc
