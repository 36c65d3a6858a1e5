#include "rpc/hessian2_json.h"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>
#include <limits>

#include "core/error.h"
#include "rpc/hessian2_reader.h"
#include "rpc/hessian2_writer.h"

namespace podreg::rpc::hessian2 {
namespace {

std::string json_of_bytes(const std::string& bytes, JsonOptions options = {}) {
  Document document;
  return to_json(Reader(bytes, document).read(), options);
}

std::string json_of(const std::function<void(Writer&)>& write, JsonOptions options = {}) {
  Writer writer;
  write(writer);
  return json_of_bytes(writer.bytes(), options);
}

std::string definition(const std::string& name, const std::vector<std::string>& fields) {
  Writer writer;
  writer.string(name);
  writer.integer(static_cast<std::int32_t>(fields.size()));
  for (const auto& field : fields) writer.string(field);
  return "C" + writer.bytes() + "\x60";
}

TEST(Hessian2Json, NumbersKeepAllDigits) {
  EXPECT_EQ(json_of([](Writer& w) { w.long_integer(9007199254740993); }), "9007199254740993");
  EXPECT_EQ(json_of([](Writer& w) { w.real(0.1); }), "0.1");
  EXPECT_EQ(json_of([](Writer& w) { w.real(2); }), "2.0");
}

TEST(Hessian2Json, WhatIsNoNumberOfJsonIsAString) {
  EXPECT_EQ(json_of([](Writer& w) { w.real(std::nan("")); }), "\"NaN\"");
  EXPECT_EQ(json_of([](Writer& w) { w.real(-std::numeric_limits<double>::infinity()); }),
            "\"-Infinity\"");
}

TEST(Hessian2Json, DatesAreTimestampsAndBytesAreBase64) {
  EXPECT_EQ(json_of([](Writer& w) { w.date(1700000000123); }), "\"2023-11-14T22:13:20.123Z\"");
  EXPECT_EQ(json_of([](Writer& w) { w.date(std::numeric_limits<std::int64_t>::max()); }),
            "9223372036854775807");
  EXPECT_EQ(json_of([](Writer& w) { w.binary("\x01\x02"); }), "\"AQI=\"");
}

TEST(Hessian2Json, TheClassOfABeanIsKeptWhenItIsAskedFor) {
  const auto bean = [](Writer& w) {
    w.begin_map();
    w.string("class");
    w.string("x.Order");
    w.string("id");
    w.integer(1);
    w.end_map();
  };
  EXPECT_EQ(json_of(bean), "{\"id\":1}");
  EXPECT_EQ(json_of(bean, {.types = true}), "{\"class\":\"x.Order\",\"id\":1}");
  const auto object = definition("x.Order", {"id"}) + "\x91";
  EXPECT_EQ(json_of_bytes(object), "{\"id\":1}");
  EXPECT_EQ(json_of_bytes(object, {.types = true}), "{\"class\":\"x.Order\",\"id\":1}");
}

TEST(Hessian2Json, KeysThatAreNoTextsBecomeTexts) {
  EXPECT_EQ(json_of([](Writer& w) {
              w.begin_map();
              w.long_integer(1);
              w.boolean(true);
              w.boolean(false);
              w.null();
              w.date(0);
              w.integer(2);
              w.end_map();
            }),
            "{\"1\":true,\"false\":null,\"1970-01-01T00:00:00Z\":2}");
}

TEST(Hessian2Json, KeysThatHoldValuesMakeAListOfPairs) {
  EXPECT_EQ(json_of([](Writer& w) {
              w.begin_map();
              w.list(1);
              w.integer(1);
              w.string("x");
              w.end_map();
            }),
            "[{\"key\":[1],\"value\":\"x\"}]");
}

TEST(Hessian2Json, BigNumbersAreNumbers) {
  Writer digits;
  digits.string("-1.50E+3");
  EXPECT_EQ(json_of_bytes(definition("java.math.BigDecimal", {"value"}) + digits.bytes()),
            "-1.50E+3");
  Writer fields;
  fields.integer(-1);
  fields.list(3, "[int");
  for (const int word : {1, -1, 2}) fields.integer(word);
  EXPECT_EQ(json_of_bytes(definition("java.math.BigInteger", {"signum", "mag"}) + fields.bytes()),
            "-36893488143124135938");
}

TEST(Hessian2Json, ABigDecimalThatHoldsSomethingElseIsAnObject) {
  for (const char* text : {"1,5", "", "-", "1.", ".5", "01", "1e", "NaN", "1}"}) {
    Writer digits;
    digits.string(text);
    const auto json = json_of_bytes(definition("java.math.BigDecimal", {"value"}) + digits.bytes());
    EXPECT_EQ(json, std::string("{\"value\":\"") + text + "\"}");
  }
}

TEST(Hessian2Json, WhereAValueHoldsItselfStandsItsPath) {
  // {"a": [the list itself, the map]}
  const std::string bytes =
      "H\x01"
      "a\x7aQ\x91Q\x90Z";
  EXPECT_EQ(json_of_bytes(bytes), R"({"a":[{"$ref":"$.a"},{"$ref":"$"}]})");
}

TEST(Hessian2Json, TheSameValueInTwoPlacesIsWrittenTwice) {
  const std::string bytes = "\x7a\x79\x91Q\x91";
  EXPECT_EQ(json_of_bytes(bytes), "[[1],[1]]");
}

TEST(Hessian2Json, AFewBytesThatWouldBecomeManyAreRefused) {
  // Each list holds the one before it ten times.
  Writer writer;
  std::string bytes = "\x57";
  bytes += "\x78";
  std::int32_t last = 1;
  for (int level = 0; level < 12; ++level) {
    bytes += "\x58\x9a";
    Writer reference;
    reference.integer(last++);
    for (int i = 0; i < 10; ++i) bytes += "Q" + reference.bytes();
  }
  bytes += "Z";
  try {
    json_of_bytes(bytes);
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_STREQ(error.what(), "the value has more than 1 MiB as JSON");
  }
}

TEST(Hessian2Json, ALargeValueMayBecomeLargerThanAFewBytesMay) {
  const std::string text(std::size_t{2} << 20, 'x');
  EXPECT_EQ(json_of([&](Writer& writer) { writer.string(text); }), '"' + text + '"');
  EXPECT_THROW(json_of([&](Writer& writer) { writer.string(text); }, {.largest = 100}),
               core::Error);
}

}  // namespace
}  // namespace podreg::rpc::hessian2
