#include "core/metadata_info.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/error.h"

namespace podreg::core {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(PODREG_SOURCE_DIR) / "tests/golden/dubbo/metadata-3.2.6";

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> vectors() {
  std::vector<std::string> names;
  for (const auto& file : fs::directory_iterator(kFolder)) {
    const std::string name = file.path().filename();
    constexpr std::string_view kSuffix = ".revision.txt";
    if (name.ends_with(kSuffix)) names.push_back(name.substr(0, name.size() - kSuffix.size()));
  }
  return names;
}

TEST(MetadataInfo, HasTheRevisionThatDubboComputed) {
  ASSERT_GE(vectors().size(), 9U);
  for (const auto& name : vectors()) {
    const auto info = MetadataInfo::parse(content(kFolder / (name + ".json")));
    EXPECT_EQ(info.compute_revision(), content(kFolder / (name + ".revision.txt"))) << name;
    EXPECT_EQ(info.revision, info.compute_revision()) << name;
  }
}

TEST(MetadataInfo, WithoutServicesHasRevisionZero) {
  EXPECT_EQ(MetadataInfo::parse(R"({"app":"a","services":{}})").compute_revision(), "0");
}

TEST(MetadataInfo, SaysWhatIsWrong) {
  for (const auto& [json, why] : std::vector<std::pair<std::string, std::string>>{
           {"[", "not JSON"},
           {"[]", "not a JSON object"},
           {"{}", "names no application"},
           {R"({"app":"a"})", "has no \"services\""},
           {R"({"app":"a","services":[]})", "not an object"},
           {R"({"app":"a","services":{"k":1}})", "service \"k\""},
           {R"({"app":"a","services":{"k":{}}})", "without a name"},
           {R"({"app":"a","services":{"k":{"name":"n","port":"1"}}})", "port is no number"},
           {R"({"app":"a","services":{"k":{"name":"n","port":65536}}})", "not from 1 to 65535"},
           {R"({"app":"a","services":{"k":{"name":"n","port":-2}}})", "not from 1 to 65535"},
           {R"({"app":"a","services":{"k":{"name":"n","params":{"p":1}}}})", "parameter \"p\""}}) {
    try {
      MetadataInfo::parse(json);
      FAIL() << json;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
      EXPECT_THAT(error.what(), ::testing::HasSubstr(why));
    }
  }
}

TEST(MetadataInfo, WhatIsNestedTooDeeplyIsRefused) {
  std::string json = R"({"app":"a","services":{},"x":)";
  for (int i = 0; i < 100'000; ++i) json += R"({"x":)";
  json += "1" + std::string(100'001, '}');
  try {
    MetadataInfo::parse(json);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("nested deeper"));
  }
}

TEST(MetadataInfo, BracketsInTextAreNoNesting) {
  const std::string text = R"(\\\"[{)" + std::string(1000, '[');
  const auto info = MetadataInfo::parse(
      R"({"app":"a","services":{"k":{"name":"n","params":{"p":")" + text + R"("}}}})");
  EXPECT_EQ(info.services.at("k").params.at("p"), R"(\"[{)" + std::string(1000, '['));
}

TEST(MetadataInfo, SixtyFourLevelsAreAllowed) {
  const auto nested = [](std::size_t levels) {
    return R"({"app":"a","services":{},"x":)" + std::string(levels - 1, '[') +
           std::string(levels - 1, ']') + "}";
  };
  EXPECT_EQ(MetadataInfo::parse(nested(64)).app, "a");
  EXPECT_THROW(MetadataInfo::parse(nested(65)), Error);
}

TEST(MetadataInfo, NothingMayStandBehindIt) {
  const std::string info = R"({"app":"a","services":{}})";
  EXPECT_THROW(MetadataInfo::parse(info + "x"), Error);
  EXPECT_THROW(MetadataInfo::parse(info + std::string(1, '\0')), Error);
  EXPECT_THROW(MetadataInfo::parse(info + std::string(1, '\0') + "x"), Error);
}

// The sanitizers see a byte that is read behind the text.
TEST(MetadataInfo, ACharacterThatBreaksOffAtTheEndIsRefused) {
  const std::string open = R"({"app": "shop-order-of-a-long-name)";
  for (const std::string_view cut : {"\xF1", "\xF1\x80\x80", "\xE4", "\xC3", "\xFF"}) {
    EXPECT_THROW(MetadataInfo::parse(open + std::string(cut)), Error);
    EXPECT_THROW(parse_metadata_file(open + std::string(cut)), Error);
  }
}

TEST(MetadataInfo, KeysHaveGroupAndVersionOnlyWhenThereAreSome) {
  ServiceInfo service;
  service.name = "com.example.S";
  service.protocol = "tri";
  EXPECT_EQ(service.match_key(), "com.example.S:tri");
  service.group = "g";
  service.version = "1.0.0";
  EXPECT_EQ(service.service_key(), "g/com.example.S:1.0.0");
  EXPECT_EQ(service.match_key(), "g/com.example.S:1.0.0:tri");
}

TEST(JavaLess, SortsByUtf16CodeUnit) {
  EXPECT_TRUE(java_less("a", "b"));
  EXPECT_TRUE(java_less("a", "ab"));
  EXPECT_TRUE(java_less("Z", "a"));
  EXPECT_TRUE(java_less("é", "订"));
  EXPECT_TRUE(java_less("订", "😀"));
  EXPECT_TRUE(java_less("😀", "\xEE\x80\x80"));  // U+E000
  EXPECT_TRUE(java_less("😀", "\xEF\xBF\xBD"));  // U+FFFD
  EXPECT_TRUE(java_less("\xED\x9F\xBF", "😀"));  // U+D7FF
  EXPECT_FALSE(java_less("😀", "😀"));
}

}  // namespace
}  // namespace podreg::core
