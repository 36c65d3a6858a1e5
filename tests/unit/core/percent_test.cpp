#include "core/percent.h"

#include <gmock/gmock.h>

namespace podreg::core {
namespace {

TEST(PercentEncode, KeepsOnlyWhatNeedsNoEncoding) {
  EXPECT_EQ(percent_encode("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(percent_encode("a/b?c=d&e,f g%\xc3\xa9"), "a%2Fb%3Fc%3Dd%26e%2Cf%20g%25%C3%A9");
}

TEST(PercentEncode, KeepsWhatTheCallerNames) { EXPECT_EQ(percent_encode("a/b?c", "/"), "a/b%3Fc"); }

TEST(PercentDecode, IsTheWayBack) {
  EXPECT_EQ(percent_decode("a%2Fb%3f+c"), "a/b?+c");
  for (const char* broken : {"%", "%2", "%zz", "a%2"}) {
    EXPECT_EQ(percent_decode(broken), std::nullopt) << broken;
  }
}

}  // namespace
}  // namespace podreg::core
