#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "core/error.h"
#include "output/emitter.h"
#include "tests/unit/output/captured_streams.h"
#include "tests/unit/output/emitter_sample.h"

namespace podreg::output {
namespace {

template <typename Write>
std::string yaml(Write write) {
  CapturedText out;
  const auto emitter = make_yaml_emitter(out);
  write(*emitter);
  emitter->end_document();
  return out.text();
}

std::string as_string(std::string_view text) {
  return yaml([&](Emitter& emitter) { emitter.string(text); });
}

std::string as_raw(std::string_view json) {
  return yaml([&](Emitter& emitter) { emitter.raw_json(json); });
}

TEST(YamlEmitter, WritesBlocksAndLeavesNothingEmptyOnALineOfItsOwn) {
  EXPECT_EQ(yaml([](Emitter& emitter) {
              emitter.begin_object();
              emitter.field("kind", "InstanceList");
              emitter.key("items");
              emitter.begin_array();
              emitter.begin_object();
              emitter.field("host", "10.0.0.1");
              emitter.field("port", 20880);
              emitter.field("protocols", std::vector<std::string>{"dubbo", "tri"});
              emitter.field("node", "");
              emitter.end_object();
              emitter.end_array();
              emitter.field("warnings", std::vector<std::string>{});
              emitter.end_object();
            }),
            "kind: InstanceList\n"
            "items:\n"
            "  - host: \"10.0.0.1\"\n"
            "    port: 20880\n"
            "    protocols:\n"
            "      - dubbo\n"
            "      - tri\n"
            "    node: \"\"\n"
            "warnings: []\n");
}

TEST(YamlEmitter, SaysTheSameAsJson) {
  CapturedText out;
  write_sample(*make_yaml_emitter(out));
  const YAML::Node read = YAML::Load(out.text());
  EXPECT_EQ(read["port"].as<int>(), 20880);
  EXPECT_TRUE(read["ready"].as<bool>());
  EXPECT_TRUE(read["nothing"].IsNull());
  EXPECT_TRUE(read["none"].IsSequence());
  EXPECT_TRUE(read["empty"].IsMap());
  EXPECT_EQ(read["items"][0]["protocols"][1].as<std::string>(), "tri");
  EXPECT_EQ(read["items"][1][0].as<int>(), -1);
  EXPECT_EQ(read["raw"]["a"].size(), 5U);
  EXPECT_TRUE(read["raw"]["b"].IsMap());
}

TEST(YamlEmitter, WhatAReaderMightTakeForSomethingElseIsQuoted) {
  for (const std::string text :
       {"",         "~",       "null", "Null",     "NULL",       "y",
        "Y",        "n",       "yes",  "No",       "ON",         "off",
        "true",     "False",   "1",    "-1",       "+1",         "012",
        "0x1f",     "0o17",    "0b11", "1_000",    "1:20",       "190:20:30",
        "1.5",      ".5",      "1e5",  "1e+5",     "5.",         ".inf",
        "-.INF",    ".nan",    "nan",  "Inf",      "2001-12-14", "2001-12-14T21:59:43Z",
        "10.0.0.1", "fd00::1", "=",    "<<",       "!x",         "&x",
        "*x",       "- x",     "-",    "? x",      "a: b",       "a #b",
        "#x",       "@x",      "`x",   "%x",       "{}",         "[]",
        "\"x\"",    "'x'",     "|",    ">",        " x",         "x ",
        "a, b",     "---",     "...",  "123e4567", "é"}) {
    EXPECT_EQ(as_string(text).front(), '"') << text;
    EXPECT_EQ(YAML::Load(as_string(text)).as<std::string>(), text);
  }
}

TEST(YamlEmitter, WordsAreNotQuoted) {
  for (const std::string text : {"dubbo", "shop-order-0", "podreg/v1", "InstanceList", "nope",
                                 "io.dubbo/metadata", "Yesterday", "e5"}) {
    EXPECT_EQ(as_string(text), text + "\n");
  }
}

TEST(YamlEmitter, StringsComeBackUnchanged) {
  for (const std::string& text :
       {std::string("\0\x01\n\t\r\x1b\x1f", 7), std::string("two\nlines\n"),
        std::string("\x7f\u0080\u0085\u009f\u00a0"),
        std::string("\u202e\u2066\u2069\u202c\u2028\u2029\u200b"), std::string("订单 é 😀"),
        std::string("a\"b\\c\\n"), std::string("\ufeff\U000e0041")}) {
    EXPECT_EQ(YAML::Load(as_string(text)).as<std::string>(), text);
    EXPECT_EQ(as_string(text).find('\n'), as_string(text).size() - 1) << "one line";
  }
}

TEST(YamlEmitter, WhatATerminalMightObeyIsEscaped) {
  EXPECT_EQ(as_string("\x1b\x7f\u009b\u202e\u200b\n"), "\"\\x1b\\x7f\\x9b\\u202e\\u200b\\n\"\n");
}

TEST(YamlEmitter, OtherLettersArePrintedAsTheyAre) {
  EXPECT_EQ(as_string("订单 é 😀"), "\"订单 é 😀\"\n");
}

TEST(YamlEmitter, BytesThatAreNotUtf8AreReplaced) {
  EXPECT_EQ(as_string("a\xff"), "\"a\ufffd\"\n");
}

TEST(YamlEmitter, KeysComeBackUnchanged) {
  for (const std::string& name :
       {std::string("no"), std::string("1"), std::string("a: b"), std::string("键"),
        std::string("\x7f\n"), std::string(), std::string(1'000, 'k'), std::string(300, '\x7f')}) {
    const auto read = YAML::Load(yaml([&](Emitter& emitter) {
      emitter.begin_object();
      emitter.field(name, "value");
      emitter.field("next", "value");
      emitter.end_object();
    }));
    EXPECT_EQ(read.begin()->first.as<std::string>(), name);
    EXPECT_EQ(read["next"].as<std::string>(), "value");
  }
}

TEST(YamlEmitter, RawJsonStandsOnOneLine) {
  EXPECT_EQ(as_raw(R"({"a":["b",{"no":"no"}],"c":{},"d":[],"e":null,"f":false})"),
            "{a: [b, {\"no\": \"no\"}], c: {}, d: [], e: null, f: false}\n");
}

TEST(YamlEmitter, NumbersOfRawJsonAreNumbersToEveryReader) {
  EXPECT_EQ(as_raw("[0,-12,1.50,1e5,1E-5,2.5e+10,12345678901234567890]"),
            "[0, -12, 1.50, 1.0e+5, 1.0e-5, 2.5e+10, 12345678901234567890]\n");
}

TEST(YamlEmitter, RawJsonMayBeNestedDeeply) {
  const std::string deep = std::string(10'000, '[') + std::string(10'000, ']');
  EXPECT_LT(as_raw(deep).size(), 50'000U);
}

TEST(YamlEmitter, RawJsonThatIsNoneBecomesAString) {
  EXPECT_EQ(YAML::Load(as_raw("{\"a\":")).as<std::string>(), "{\"a\":");
}

class BrokenSink : public core::TextSink {
 public:
  void write(std::string_view) override { throw core::Error(core::ErrorKind::output, "full"); }
  void flush() override {}
};

TEST(YamlEmitter, FailureOfTheSinkComesThrough) {
  BrokenSink sink;
  const auto emitter = make_yaml_emitter(sink);
  EXPECT_THROW(emitter->string("x"), core::Error);
}

}  // namespace
}  // namespace podreg::output
