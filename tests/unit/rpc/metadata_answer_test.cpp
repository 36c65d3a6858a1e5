#include "rpc/metadata_answer.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "rpc/dubbo_message.h"
#include "rpc/hessian2_reader.h"
#include "tests/support/golden_dubbo.h"
#include "tests/support/metadata_info_check.h"

namespace podreg::rpc {
namespace {

// The MetadataInfo objects among the answers on a connection that the real Dubbo had.
std::vector<core::MetadataInfo> answered(const std::string& bytes) {
  DubboFrameReader reader;
  reader.feed(bytes);
  std::vector<core::MetadataInfo> found;
  while (const auto frame = reader.next()) {
    if (frame->request || frame->event || frame->status != 20) continue;
    if (frame->serialization != kHessian2) continue;
    DubboAnswer answer;
    read_answer(*frame, answer);
    if (answer.value && answer.value->type_name() == "org.apache.dubbo.metadata.MetadataInfo") {
      found.push_back(metadata_info_of(*answer.value));
    }
  }
  return found;
}

TEST(MetadataAnswer, TheBytesOfTheRealProviderSayWhatTheJsonBesideThemSays) {
  const std::string folder = "metadata-3.2.6/";
  for (const char* name : {"both-3svc", "dubbo-3svc-hessian2", "dubbo-order+stock-fastjson2",
                           "dubbo-order-hessian2"}) {
    const auto expected = core::MetadataInfo::parse(tests::golden_dubbo(folder + name + ".json"));
    const auto infos = answered(tests::golden_dubbo(folder + name + ".dubbo-1.s2c.bin"));
    ASSERT_FALSE(infos.empty()) << name;
    tests::expect_same_and_true(infos.front(), expected);
  }
}

// A service has the params of all that refer to them; this many would take terabytes.
TEST(MetadataAnswer, ReferencesToOneMapDoNotMakeItGrowWithoutBound) {
  constexpr int kMany = 100'000;
  hessian2::Writer writer;
  writer.begin_map();
  writer.string("services");
  writer.begin_map();
  for (int i = 0; i < kMany; ++i) {
    writer.string(std::to_string(i));
    writer.begin_map();
    writer.string("params");
    if (i == 0) {
      writer.begin_map();
      for (int k = 0; k < kMany; ++k) {
        writer.string(std::to_string(k));
        writer.string("a value that is not that short");
      }
      writer.end_map();
      writer.end_map();
      continue;
    }
    break;
  }
  std::string bytes = writer.take();
  // Values are numbered as they begin: 0 the whole, 1 the services, 2 a service, 3 its params.
  bytes += "Q\x93Z";
  for (int i = 2; i < kMany; ++i) {
    hessian2::Writer key;
    key.string(std::to_string(i));
    bytes += key.take() + "H\x06paramsQ\x93Z";
  }
  bytes += "ZZ";
  hessian2::Document document;
  const auto value = hessian2::Reader(bytes, document).read();
  try {
    metadata_info_of(value);
    ADD_FAILURE() << "it was read";
  } catch (const core::Error& error) {
    EXPECT_EQ(std::string(error.what()),
              "the MetadataInfo has more in it than any that Dubbo makes");
  }
}

TEST(MetadataAnswer, WhatIsNoneIsRefused) {
  const auto refusal = [](const std::string& bytes) -> std::string {
    hessian2::Writer writer;
    DubboAnswer answer;
    DubboFrame frame;
    frame.status = 20;
    frame.body = bytes;
    try {
      read_answer(frame, answer);
      metadata_info_of(*answer.value);
    } catch (const core::Error& error) {
      return error.what();
    }
    return "no error";
  };
  EXPECT_EQ(refusal("\x92"), "the MetadataInfo is null: the instance does not have this revision");
  EXPECT_EQ(refusal("\x91\x01x"), "the MetadataInfo is not an object");
  EXPECT_EQ(refusal("\x91H\x03"
                    "app\x90Z"),
            "the MetadataInfo has a field \"app\" that is not a string");
  EXPECT_EQ(refusal("\x91H\x08services\x90Z"),
            "the MetadataInfo has \"services\" that are not a map");
  EXPECT_EQ(refusal("\x91H\x08servicesH\x01k\x90ZZ"),
            "the MetadataInfo has a service \"k\" that is not an object");
}

}  // namespace
}  // namespace podreg::rpc
