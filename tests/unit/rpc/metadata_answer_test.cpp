#include "rpc/metadata_answer.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/error.h"
#include "rpc/dubbo_message.h"

namespace podreg::rpc {
namespace {

std::string file(const std::string& path) {
  std::ifstream input(path, std::ios::binary);
  EXPECT_TRUE(input) << path;
  std::stringstream text;
  text << input.rdbuf();
  return text.str();
}

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
  const std::string folder = std::string(PODREG_SOURCE_DIR) + "/tests/golden/dubbo/metadata-3.2.6/";
  for (const char* name : {"both-3svc", "dubbo-3svc-hessian2", "dubbo-order+stock-fastjson2",
                           "dubbo-order-hessian2"}) {
    const auto expected = core::MetadataInfo::parse(file(folder + name + ".json"));
    const auto infos = answered(file(folder + name + ".dubbo-1.s2c.bin"));
    ASSERT_FALSE(infos.empty()) << name;
    const auto& info = infos.front();
    EXPECT_EQ(info.app, expected.app);
    EXPECT_EQ(info.revision, expected.revision);
    EXPECT_EQ(info.compute_revision(), expected.revision);
    ASSERT_EQ(info.services.size(), expected.services.size());
    for (const auto& [key, service] : info.services) {
      const auto& other = expected.services.at(key);
      EXPECT_EQ(service.match_key(), other.match_key());
      EXPECT_EQ(service.port, other.port);
      EXPECT_EQ(service.path, other.path);
      EXPECT_EQ(service.params, other.params);
    }
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
