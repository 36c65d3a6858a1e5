#include "cli/duration.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace podreg::cli {
namespace {

using std::chrono::milliseconds;

TEST(Duration, IsReadAsGoReadsIt) {
  EXPECT_EQ(parse_duration("300ms", "--t"), milliseconds(300));
  EXPECT_EQ(parse_duration("1.5h", "--t"), milliseconds(5'400'000));
  EXPECT_EQ(parse_duration("1m30s", "--t"), milliseconds(90'000));
  EXPECT_EQ(parse_duration("0", "--t"), milliseconds(0));
  EXPECT_EQ(parse_duration("0s", "--t"), milliseconds(0));
}

TEST(Duration, ABareNumberIsSeconds) {
  EXPECT_EQ(parse_duration("30", "--t"), milliseconds(30'000));
}

TEST(Duration, LessThanAMillisecondIsStillALimit) {
  EXPECT_EQ(parse_duration("1us", "--t"), milliseconds(1));
}

TEST(Duration, AnythingElseIsRefused) {
  for (const char* text :
       {"", "s", "-1s", "1x", "1s2", "1 s", "nan", "inf", "1e3s", "9999999999999h", "1s-1s"}) {
    EXPECT_THROW(parse_duration(text, "--t"), core::Error) << text;
  }
}

TEST(Duration, WhatIsTooLongIsSaidToBe) {
  try {
    parse_duration("1000000h", "--t");
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_STREQ(error.what(), "--t: 1000000h is too long; a year is 8760h");
  }
}

}  // namespace
}  // namespace podreg::cli
