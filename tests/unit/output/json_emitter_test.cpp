#include <gtest/gtest.h>

#include "core/json.h"
#include "output/emitter.h"
#include "tests/unit/output/captured_streams.h"
#include "tests/unit/output/emitter_sample.h"

namespace podreg::output {
namespace {

template <typename Write>
std::string compact(Write write) {
  CapturedText out;
  const auto emitter = make_json_emitter(out, JsonLayout::compact);
  write(*emitter);
  emitter->end_document();
  return out.text();
}

std::string as_string(std::string_view text) {
  return compact([&](Emitter& emitter) { emitter.string(text); });
}

std::string as_raw(std::string_view json) {
  return compact([&](Emitter& emitter) { emitter.raw_json(json); });
}

std::string read_back(const std::string& json) {
  core::JsonDocument document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(json.data(), json.size());
  if (document.HasParseError() || !document.IsString()) return "not a JSON string: " + json;
  return {document.GetString(), document.GetStringLength()};
}

TEST(JsonEmitter, IndentsAsKubectlDoes) {
  CapturedText out;
  write_sample(*make_json_emitter(out, JsonLayout::pretty));
  EXPECT_EQ(out.text(), R"({
    "name": "shop",
    "port": 20880,
    "ready": true,
    "nothing": null,
    "none": [],
    "empty": {},
    "items": [
        {
            "protocols": [
                "dubbo",
                "tri"
            ]
        },
        [
            -1
        ]
    ],
    "raw": {"a":[1,2.50,1e5,null,true],"b":{}}
}
)");
}

TEST(JsonEmitter, CompactDocumentsStandOnALineEach) {
  CapturedText out;
  const auto emitter = make_json_emitter(out, JsonLayout::compact);
  for (int i = 0; i < 2; ++i) {
    emitter->begin_object();
    emitter->field("i", i);
    emitter->end_object();
    emitter->end_document();
  }
  EXPECT_EQ(out.text(), "{\"i\":0}\n{\"i\":1}\n");
}

TEST(JsonEmitter, StringsComeBackUnchanged) {
  for (const std::string& text :
       {std::string(), std::string("a\"\\/b"), std::string("\0\x01\n\t\x1f", 5),
        std::string("\x7f\u0080\u009b\u009f\u00a0"), std::string("\u202e\u2066\u2069\u202c\u2028"),
        std::string("订单 é 😀"), std::string("\ufeff\ufffe\U000e0041\U0010ffff")}) {
    EXPECT_EQ(read_back(as_string(text)), text);
  }
}

TEST(JsonEmitter, WhatATerminalMightObeyIsEscaped) {
  EXPECT_EQ(as_string("\x1b[1m\x7f\u009b\u202e\u200b\n"),
            "\"\\u001B[1m\\u007f\\u009b\\u202e\\u200b\\n\"\n");
  EXPECT_EQ(as_string("\U000e0041"), "\"\\udb40\\udc41\"\n");
}

TEST(JsonEmitter, OtherLettersArePrintedAsTheyAre) {
  EXPECT_EQ(as_string("订单 é 😀"), "\"订单 é 😀\"\n");
}

TEST(JsonEmitter, BytesThatAreNotUtf8AreReplaced) {
  EXPECT_EQ(as_string("a\xff\xe8\xae"), "\"a\ufffd\ufffd\ufffd\"\n");
}

TEST(JsonEmitter, KeysAreEscapedToo) {
  EXPECT_EQ(compact([](Emitter& emitter) {
              emitter.begin_object();
              emitter.field("a\u202e\u202c\xff", 1);
              emitter.field("键", 2);
              emitter.end_object();
            }),
            "{\"a\\u202e\\u202c\ufffd\":1,\"键\":2}\n");
}

TEST(JsonEmitter, RawJsonIsCompactedAndKeepsItsDigits) {
  EXPECT_EQ(as_raw(" [ 1.10 , 12345678901234567890123, -0, {\"a\" :\n\"b\"} ] "),
            "[1.10,12345678901234567890123,-0,{\"a\":\"b\"}]\n");
  EXPECT_EQ(as_raw("\"\u202e\u202c\x7f\""), "\"\\u202e\\u202c\\u007f\"\n");
}

TEST(JsonEmitter, RawJsonThatIsNoneBecomesAString) {
  EXPECT_EQ(as_raw("{\"a\":"), "\"{\\\"a\\\":\"\n");
  EXPECT_EQ(as_raw(""), "\"\"\n");
  EXPECT_EQ(as_raw("1 2"), "\"1 2\"\n");
  EXPECT_EQ(as_raw("\"\xff\""), "\"\\\"\ufffd\\\"\"\n");
}

TEST(JsonEmitter, RawJsonMayBeNestedDeeply) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_EQ(as_raw(deep), deep + "\n");
}

}  // namespace
}  // namespace podreg::output
