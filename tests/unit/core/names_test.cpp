#include "core/names.h"

#include <gtest/gtest.h>

#include <string>

namespace podreg::core {
namespace {

TEST(Names, ADnsLabelIsLowerCaseLettersDigitsAndHyphens) {
  for (const char* name : {"a", "shop-order", "0", "a-1", "1a"})
    EXPECT_TRUE(is_dns_label(name)) << name;
  EXPECT_TRUE(is_dns_label(std::string(63, 'a')));
}

TEST(Names, EverythingElseIsNoDnsLabel) {
  for (const char* name :
       {"", "-a", "a-", "A", "a.b", "a_b", "a/b", "../x", "a b", "订单", "a\n", "a%2f"}) {
    EXPECT_FALSE(is_dns_label(name)) << name;
  }
  EXPECT_FALSE(is_dns_label(std::string(64, 'a')));
}

}  // namespace
}  // namespace podreg::core
