#include "core/base64.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace podreg::core {
namespace {

TEST(Base64, BytesComeBackWithOrWithoutPadding) {
  EXPECT_EQ(decode_base64("", "x"), "");
  EXPECT_EQ(decode_base64("YQ==", "x"), "a");
  EXPECT_EQ(decode_base64("YWI=", "x"), "ab");
  EXPECT_EQ(decode_base64("YWJj", "x"), "abc");
  EXPECT_EQ(decode_base64("AAAA", "x"), std::string(3, '\0'));
  EXPECT_EQ(decode_base64("/+8=", "x"), "\xff\xef");
}

TEST(Base64, LineEndsWithinItAreIgnored) { EXPECT_EQ(decode_base64("YW\r\nJj\n", "x"), "abc"); }

TEST(Base64, EverythingElseIsRefusedWithoutShowingIt) {
  for (const char* text :
       {"YWJ", "YW Jj", "Y===", "====", "=", "YQ==YQ==", "YW=j", "_-8=", "YWJj!", "-YWJ"}) {
    try {
      decode_base64(text, "client-key-data of user \"ann\"");
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::invalid_data) << text;
      EXPECT_EQ(std::string(error.what()), "client-key-data of user \"ann\" is not base64");
    }
  }
}

TEST(Base64, WhatIsEncodedComesBack) {
  for (const char* bytes : {"", "a", "ab", "abc", "abcd"}) {
    EXPECT_EQ(decode_base64(encode_base64(bytes), "x"), bytes);
  }
}

}  // namespace
}  // namespace podreg::core
