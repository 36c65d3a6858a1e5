#include "rpc/json_argument.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "rpc/hessian2_json.h"
#include "rpc/hessian2_reader.h"

namespace podreg::rpc {
namespace {

using hessian2::Document;
using hessian2::Kind;
using testing::ElementsAre;
using testing::HasSubstr;

std::string bytes_of(const std::string& json, const std::string& type = {}) {
  hessian2::Writer writer;
  write_argument(writer, {json, type}, "argument 1");
  return writer.take();
}

// What the provider reads.
std::string read_back(const std::string& json, const std::string& type = {}) {
  const auto bytes = bytes_of(json, type);
  Document document;
  return hessian2::to_json(hessian2::Reader(bytes, document).read(), {});
}

Kind kind_of(const std::string& json, const std::string& type = {}) {
  const auto bytes = bytes_of(json, type);
  Document document;
  return hessian2::Reader(bytes, document).read().kind();
}

core::Error error_of(const std::string& json, const std::string& type = {}) {
  try {
    bytes_of(json, type);
  } catch (const core::Error& error) {
    return error;
  }
  return {core::ErrorKind::output, "no error"};
}

TEST(JsonArgument, EveryKindOfJsonArrives) {
  for (const char* json : {"null", "true", "false", "0", "-5", "2147483648", "9223372036854775807",
                           "-9223372036854775808", "0.1", "1.5", "\"\"", "\"中 😀\"", "[]",
                           "[1,[2,[]],\"x\"]", "{}", R"({"b":1,"a":{"c":[null,true]}})"}) {
    EXPECT_EQ(read_back(json), json);
  }
}

TEST(JsonArgument, ANumberBeyondLongAndDoubleKeepsItsDigitsAsAString) {
  EXPECT_EQ(read_back("9223372036854775808"), "\"9223372036854775808\"");
  EXPECT_EQ(read_back("12345678901234567890.123456789"), "\"12345678901234567890.123456789\"");
  EXPECT_EQ(error_of("1e400").kind(), core::ErrorKind::usage);
  EXPECT_EQ(read_back("0.1e-99999999999999999999"), "\"0.1e-99999999999999999999\"");
}

TEST(JsonArgument, ANumberThatADoubleHoldsIsOne) {
  for (const char* json : {"0.1", "1.10", "1e300", "1E+2", "0.30000000000000004", "-2.50e-3",
                           "100.0", "0.0", "-0.0", "123456789.125"}) {
    EXPECT_EQ(kind_of(json), Kind::real) << json;
  }
}

TEST(JsonArgument, ATypeDecidesWhatJsonCannotSay) {
  EXPECT_EQ(kind_of("5", "long"), Kind::long_integer);
  EXPECT_EQ(kind_of("5", "java.lang.Integer"), Kind::integer);
  EXPECT_EQ(kind_of("5", "double"), Kind::real);
  EXPECT_EQ(kind_of("1.5", "java.math.BigDecimal"), Kind::string);
  EXPECT_EQ(kind_of("1700000000123", "java.util.Date"), Kind::date);
  EXPECT_EQ(read_back("\"2023-11-14T23:13:20.123+01:00\"", "java.util.Date"),
            "\"2023-11-14T22:13:20.123Z\"");
  EXPECT_EQ(kind_of("\"AQID\"", "byte[]"), Kind::binary);
  EXPECT_EQ(read_back("[1,2]", "byte[]"), "[1,2]");
  EXPECT_EQ(kind_of("null", "java.util.Date"), Kind::null);
}

TEST(JsonArgument, WhatIsNotOfItsTypeIsRefused) {
  EXPECT_EQ(std::string(error_of("128", "byte").what()), "argument 1 is no byte: 128");
  EXPECT_EQ(error_of("1.5", "int").kind(), core::ErrorKind::usage);
  EXPECT_EQ(error_of("9223372036854775808", "long").kind(), core::ErrorKind::usage);
  EXPECT_EQ(error_of("\"yesterday\"", "java.util.Date").kind(), core::ErrorKind::usage);
  EXPECT_THAT(error_of("\"!\"", "byte[]").what(), HasSubstr("argument 1 is not base64"));
}

TEST(JsonArgument, WhatIsNoJsonIsRefusedAndQuotesAreExplained) {
  for (const char* json : {"", "x", "{", "[1,]", "1 2", "nul", "\"\xff\"", "01"}) {
    EXPECT_EQ(error_of(json).kind(), core::ErrorKind::usage) << json;
    EXPECT_THAT(error_of(json).what(), HasSubstr("argument 1 is no JSON")) << json;
  }
  EXPECT_THAT(error_of("x").hint(), HasSubstr("'\"x\"'"));
}

TEST(JsonArgument, WhatIsNestedTooDeepIsRefused) {
  EXPECT_EQ(error_of(std::string(500, '[') + std::string(500, ']')).what(),
            std::string("no error"));
  for (const std::string& json : {std::string(501, '[') + std::string(501, ']'),
                                  std::string(1'000'000, '['), std::string(600, '{')}) {
    EXPECT_NE(error_of(json).what(), std::string("no error"));
  }
}

TEST(ItemsOfJson, AListIsTakenApartAndAnythingElseIsWhole) {
  EXPECT_THAT(items_of_json(R"([1, "a,b", [2,{"x":1.50}], {"y":[]}, null])", "--data"),
              ElementsAre("1", "\"a,b\"", "[2,{\"x\":1.50}]", "{\"y\":[]}", "null"));
  EXPECT_THAT(items_of_json("[]", "--data"), ElementsAre());
  EXPECT_THAT(items_of_json(R"( {"a": [1]} )", "--data"), ElementsAre("{\"a\":[1]}"));
  EXPECT_THAT(items_of_json("[[1]]", "--data"), ElementsAre("[1]"));
  EXPECT_THAT(items_of_json("9007199254740993", "--data"), ElementsAre("9007199254740993"));
}

}  // namespace
}  // namespace podreg::rpc
