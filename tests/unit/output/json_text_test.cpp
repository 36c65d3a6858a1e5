#include "output/json_text.h"

#include <gmock/gmock.h>

namespace podreg::output {
namespace {

using testing::Optional;

TEST(JsonText, IsTheSameValueWithoutSpacesOrOnSeveralLines) {
  const std::string json = R"( { "a" : [ 1.50, -0, 1e300, null, true ], "b": {"c": "\n/"} } )";
  const std::string compact = R"({"a":[1.50,-0,1e300,null,true],"b":{"c":"\n/"}})";
  EXPECT_THAT(compact_json(json), Optional(compact));
  EXPECT_THAT(pretty_json(R"({"a":[1.50]})"),
              Optional(std::string("{\n    \"a\": [\n        1.50\n    ]\n}")));
  EXPECT_THAT(compact_json(pretty_json(json).value_or("")), Optional(compact));
}

TEST(JsonText, WhatIsNotOneValueIsNone) {
  for (const char* json : {"", "{", "{} {}", "\"\xff\"", "nul"}) {
    EXPECT_FALSE(compact_json(json)) << json;
    EXPECT_FALSE(pretty_json(json)) << json;
  }
}

TEST(JsonText, InvisibleCharactersAreEscapedInKeysAndTexts) {
  EXPECT_THAT(compact_json("{\"a\\u202e\":\"\xc2\x9b\"}"),
              Optional(std::string(R"({"a\u202e":"\u009b"})")));
}

// Java has such texts. They are no UTF-8: what is written must be.
TEST(JsonText, HalfOfASurrogatePairIsNoCharacter) {
  const auto compact = compact_json(R"(["a\ude00b"])");
  ASSERT_TRUE(compact);
  EXPECT_EQ(compact_json(*compact), compact);
  EXPECT_THAT(*compact, testing::StartsWith("[\"a\xEF\xBF\xBD"));
  EXPECT_THAT(compact_json(R"(["\ud83d\ude00"])"), Optional(std::string("[\"\xF0\x9F\x98\x80\"]")));
}

}  // namespace
}  // namespace podreg::output
