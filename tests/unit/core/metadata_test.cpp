#include "core/metadata.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "core/error.h"

namespace podreg::core {
namespace {

using ::testing::HasSubstr;

std::string error_of(std::string_view annotation) {
  try {
    Metadata::parse(annotation);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
    return error.what();
  }
  return "no error";
}

std::string file(const std::string& name) {
  std::ifstream in(std::string(PODREG_SOURCE_DIR) + "/tests/golden/dubbo/" + name);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(Metadata, KeepsTheOrderInWhichDubboWroteTheKeys) {
  const auto metadata = Metadata::parse(file("register-3.2.6/both-order.annotation.txt"));
  ASSERT_EQ(metadata.size(), 4U);
  EXPECT_EQ(metadata.entry(0).key, "dubbo.metadata-service.url-params");
  EXPECT_EQ(metadata.entry(1).key, "dubbo.endpoints");
  EXPECT_EQ(metadata.entry(2).key, "dubbo.metadata.revision");
  EXPECT_EQ(metadata.entry(3).key, "timestamp");
  EXPECT_EQ(metadata.revision(), "e4e37e25dd6ada11ad7d6d454935cf9f");
  EXPECT_EQ(metadata.find("timestamp"), "1795490503081");
}

TEST(Metadata, ATimestampIsATimeThatPeopleCanRead) {
  const auto timestamp_of = [](const std::string& text) {
    return Metadata::parse(R"({"timestamp":")" + text + "\"}").timestamp();
  };
  EXPECT_EQ(timestamp_of("1795490503081"), 1795490503081);
  for (const char* text : {"9223372036854775807", "-1", "-9223372036854775808", "253402300800000",
                           "99999999999999999999", "1e9", ""}) {
    EXPECT_EQ(timestamp_of(text), std::nullopt) << text;
  }
}

TEST(Metadata, ReadsTheExportedEndpoints) {
  const auto endpoints =
      Metadata::parse(file("register-3.2.6/both-order.annotation.txt")).endpoints();
  ASSERT_EQ(endpoints.size(), 2U);
  EXPECT_EQ(endpoints[0].protocol, "dubbo");
  EXPECT_EQ(endpoints[0].port, 20880);
  EXPECT_EQ(endpoints[1].protocol, "tri");
  EXPECT_EQ(endpoints[1].port, 50051);
}

TEST(Metadata, EndpointsThatAreNotWellFormedAreNone) {
  for (const char* text : {R"({"dubbo.endpoints":"nonsense"})", R"({"dubbo.endpoints":"{}"})",
                           R"({"dubbo.endpoints":"[1]"})",
                           R"({"dubbo.endpoints":"[{\"port\":0,\"protocol\":\"tri\"}]"})",
                           R"({"dubbo.endpoints":"[{\"port\":65536,\"protocol\":\"tri\"}]"})",
                           R"({"dubbo.endpoints":"[{\"port\":1}]"})",
                           R"({"dubbo.endpoints":"[{\"port\":\"1x\",\"protocol\":\"tri\"}]"})"}) {
    EXPECT_TRUE(Metadata::parse(text).endpoints().empty()) << text;
  }
}

TEST(Metadata, ValuesThatAreNotStringsAreKeptAsTheyAreAndNullIsAbsent) {
  const auto metadata =
      Metadata::parse(R"({"a": 1, "b": true, "c": null, "d": {"x": [1.50, "y", null]}, "e": "s"})");
  ASSERT_EQ(metadata.size(), 4U);
  EXPECT_EQ(metadata.find("a"), "1");
  EXPECT_EQ(metadata.find("b"), "true");
  EXPECT_EQ(metadata.find("c"), std::nullopt);
  EXPECT_EQ(metadata.find("d"), R"({"x":[1.50,"y",null]})");
  EXPECT_FALSE(metadata.entry(2).is_text);
  EXPECT_TRUE(metadata.entry(3).is_text);
}

TEST(Metadata, TheLastOfTheValuesOfOneKeyCounts) {
  const auto metadata = Metadata::parse(R"({"a":"1","b":"2","a":"3","b":null})");
  ASSERT_EQ(metadata.size(), 1U);
  EXPECT_EQ(metadata.find("a"), "3");
}

TEST(Metadata, NumbersKeepTheirDigits) {
  EXPECT_EQ(Metadata::parse(R"({"n":12345678901234567890.0100})").find("n"),
            "12345678901234567890.0100");
}

TEST(Metadata, EscapesAreResolved) {
  EXPECT_EQ(Metadata::parse(R"({"k":"\u8ba2\u5355 \ud83d\ude00 \""})").find("k"), "订单 😀 \"");
}

TEST(Metadata, EmptyObjectHasNothing) {
  const auto metadata = Metadata::parse("{}");
  EXPECT_EQ(metadata.size(), 0U);
  EXPECT_EQ(metadata.revision(), "");
  EXPECT_TRUE(metadata.endpoints().empty());
}

TEST(Metadata, WhatIsNotOneObjectIsRefusedWithThePlace) {
  EXPECT_THAT(error_of("{not json"), HasSubstr("at byte 1"));
  EXPECT_THAT(error_of("[]"), HasSubstr("not an object"));
  EXPECT_THAT(error_of("null"), HasSubstr("not an object"));
  EXPECT_THAT(error_of("\"text\""), HasSubstr("not an object"));
  EXPECT_THAT(error_of("42"), HasSubstr("not an object"));
  EXPECT_THAT(error_of("   "), HasSubstr("at byte 3"));
  EXPECT_THAT(error_of(R"({"a":"1"} x)"), HasSubstr("at byte 10"));
  EXPECT_THAT(error_of("{\"a\":\"\xff\"}"), HasSubstr("at byte"));
}

TEST(Metadata, DeepNestingIsRefused) {
  const std::string deep = R"({"a":)" + std::string(100'000, '[');
  EXPECT_THAT(error_of(deep), HasSubstr("nested deeper than 64 levels"));
}

TEST(Metadata, ManyKeysTakeNoQuadraticTime) {
  std::string text = "{";
  for (int i = 0; i < 30'000; ++i) text += "\"" + std::to_string(i) + "\":\"\",";
  text.back() = '}';
  EXPECT_EQ(Metadata::parse(text).size(), 30'000U);
}

}  // namespace
}  // namespace podreg::core
