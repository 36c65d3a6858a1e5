#include "core/java_type.h"

#include <gmock/gmock.h>

#include "core/error.h"

namespace podreg::core {
namespace {

using testing::ElementsAre;

TEST(JavaType, TheBestKnownNeedNoPackage) {
  EXPECT_THAT(parse_java_types("int, String,long[],com.example.Order", "--types"),
              ElementsAre("int", "java.lang.String", "long[]", "com.example.Order"));
  EXPECT_THAT(parse_java_types("String[],[B,BigDecimal,Date", "--types"),
              ElementsAre("java.lang.String[]", "[B", "java.math.BigDecimal", "java.util.Date"));
}

TEST(JavaType, WhatStandsInAngleBracketsIsLeftOut) {
  EXPECT_THAT(parse_java_types("Map<String,List<Long>>,int", "--types"),
              ElementsAre("java.util.Map", "int"));
}

TEST(JavaType, AnEmptyNameIsRefused) {
  for (const char* list : {"", "int,", ",int", " , ", "<int>"}) {
    try {
      parse_java_types(list, "--types");
      ADD_FAILURE() << list;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
    }
  }
}

}  // namespace
}  // namespace podreg::core
