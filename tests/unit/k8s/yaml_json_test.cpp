#include "k8s/yaml_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/k8s/caught.h"

namespace podreg::k8s {
namespace {

using testing::HasSubstr;
using tests::caught;

std::string json(const std::string& yaml) { return json_of(YAML::Load(yaml), "the value"); }

TEST(YamlJson, MapsAndListsKeepTheirOrder) {
  EXPECT_EQ(json("{b: [1, {c: d}], a: x}"), R"({"b":[1,{"c":"d"}],"a":"x"})");
  EXPECT_EQ(json("{}"), "{}");
  EXPECT_EQ(json("[]"), "[]");
}

TEST(YamlJson, ScalarsWithoutQuotesHaveTypes) {
  EXPECT_EQ(json("[1, -2.5, 1e3, true, no, null, ~, text]"),
            R"([1,-2.5,1e3,true,false,null,null,"text"])");
  EXPECT_EQ(json("['1', \"true\", 'null', '']"), R"(["1","true","null",""])");
  EXPECT_EQ(json("[0x10, 007, .inf, 1_000, !!str 5]"), R"(["0x10","007",".inf","1_000","5"])");
}

TEST(YamlJson, TextsAreEscaped) {
  EXPECT_EQ(json("{\"a\\\"\": \"b\\n\\u0001\"}"), R"({"a\"":"b\n\u0001"})");
}

TEST(YamlJson, AliasesAreWrittenOut) {
  EXPECT_EQ(json("{a: &x [1], b: *x}"), R"({"a":[1],"b":[1]})");
}

TEST(YamlJson, WhatGoesInCirclesOrGrowsWithoutEndIsRefused) {
  EXPECT_THAT(caught([] { json("&a [*a]"); }).message, HasSubstr("nested too deeply"));
  std::string bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
  for (char name = 'b'; name < 'k'; ++name) {
    bomb += std::string(1, name) + ": &" + name + " [";
    for (int i = 0; i < 10; ++i) bomb += std::string(i == 0 ? "*" : ", *") + char(name - 1);
    bomb += "]\n";
  }
  EXPECT_THAT(caught([&] { json(bomb); }).message, HasSubstr("the value is larger than 64 KiB"));
}

TEST(YamlJson, KeysThatAreNoTextsAreRefused) {
  EXPECT_THAT(caught([] { json("{[1]: 2}"); }).message, HasSubstr("key"));
  EXPECT_THAT(caught([] { json("{<<: {a: b}}"); }).message, HasSubstr("merge key"));
}

}  // namespace
}  // namespace podreg::k8s
