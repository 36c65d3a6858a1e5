#include "output/cell_text.h"

#include <gtest/gtest.h>

namespace podreg::output {
namespace {

constexpr std::string_view kMd5 = "0123456789abcdef0123456789abcdef";

TEST(CellText, WhatIsAbsentIsSaid) {
  EXPECT_EQ(or_none(""), "<none>");
  EXPECT_EQ(or_none("x"), "x");
  EXPECT_EQ(joined({}), "<none>");
  EXPECT_EQ(joined({"dubbo", "tri"}), "dubbo,tri");
}

TEST(CellText, AnMd5IsShortenedInATableOnly) {
  EXPECT_EQ(revision_text(kMd5, Detail::table), "01234567");
  EXPECT_EQ(revision_text(kMd5, Detail::wide), kMd5);
}

TEST(CellText, OtherRevisionsAreNotShortened) {
  EXPECT_EQ(revision_text("a-revision-of-exactly-32-letters", Detail::table),
            "a-revision-of-exactly-32-letters");
  EXPECT_EQ(revision_text("0", Detail::table), "0");
  EXPECT_EQ(revision_text("", Detail::wide), "<none>");
}

TEST(CellText, Ipv6AddressesStandInBrackets) {
  EXPECT_EQ(address_text("10.0.0.1", 20880), "10.0.0.1:20880");
  EXPECT_EQ(address_text("fd00::1", 20880), "[fd00::1]:20880");
}

TEST(CellText, TimesAreInUtc) {
  EXPECT_EQ(time_text("1690000000123"), "2023-07-22T04:26:40Z");
  EXPECT_EQ(time_text("0"), "1970-01-01T00:00:00Z");
  EXPECT_EQ(time_text("253402300799999"), "9999-12-31T23:59:59Z");
}

TEST(CellText, WhatIsNoTimeIsSaid) {
  EXPECT_EQ(time_text(""), "<none>");
  for (const auto* text : {"x", "1.5", "-1", "253402300800000", "99999999999999999999", "1 "}) {
    EXPECT_EQ(time_text(text), "<invalid>") << text;
  }
}

}  // namespace
}  // namespace podreg::output
