#include "core/timestamp.h"

#include <gtest/gtest.h>

namespace podreg::core {
namespace {

long seconds(const std::string& text) {
  const auto parsed = parse_timestamp(text);
  return parsed ? static_cast<long>(parsed->time_since_epoch().count() / 1000) : -1;
}

TEST(Timestamp, UtcIsRead) {
  EXPECT_EQ(seconds("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(seconds("2026-11-25T01:09:09Z"), 1795568949);
  EXPECT_EQ(seconds("2024-02-29T23:59:59Z"), 1709251199);
}

TEST(Timestamp, OffsetsAreSubtracted) {
  EXPECT_EQ(seconds("1970-01-01T01:30:00+01:30"), 0);
  EXPECT_EQ(seconds("1969-12-31T16:00:00-08:00"), 0);
}

TEST(Timestamp, OfAFractionMillisecondsAreKept) {
  EXPECT_EQ(parse_timestamp("1970-01-01T00:00:01.987654321Z")->time_since_epoch().count(), 1987);
  EXPECT_EQ(parse_timestamp("1970-01-01T00:00:01.5+00:00")->time_since_epoch().count(), 1500);
}

TEST(Timestamp, WhatIsWrittenIsReadBack) {
  for (const char* text :
       {"1970-01-01T00:00:00Z", "2023-11-14T22:13:20.007Z", "1969-12-31T23:59:59.999Z",
        "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"}) {
    EXPECT_EQ(format_timestamp(*parse_timestamp(text)), text);
  }
  EXPECT_FALSE(format_timestamp(Timestamp::max()));
  EXPECT_FALSE(format_timestamp(Timestamp::min()));
}

TEST(Timestamp, AnythingElseIsNone) {
  for (const char* text :
       {"", "tomorrow", "2026-11-25", "2026-11-25T01:09:09", "2026-11-25 01:09:09Z",
        "2026-13-25T01:09:09Z", "2026-02-29T01:09:09Z", "2026-11-25T24:00:00Z",
        "2026-11-25T01:60:00Z", "2026-11-25T01:09:60Z", "2026-11-25T01:09:09.Z",
        "2026-11-25T01:09:09Zx", "2026-11-25T01:09:09+1:00", "26-11-25T01:09:09Z",
        "2026-11-25T01:09:09+24:00", "2026-00-10T01:09:09Z", "1795568949"}) {
    EXPECT_FALSE(parse_timestamp(text)) << text;
  }
}

}  // namespace
}  // namespace podreg::core
