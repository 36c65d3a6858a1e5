#include "core/nearest.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace podreg::core {
namespace {

TEST(Nearest, FindsTheWordThatWasMeant) {
  constexpr std::array<std::string_view, 3> words = {"instances", "services", "metadata"};
  EXPECT_EQ(nearest("instnaces", words), "instances");
  EXPECT_EQ(nearest("service", words), "services");
  EXPECT_EQ(nearest("METADATA", words), "metadata");
  EXPECT_EQ(nearest("doctor", words), std::nullopt);
  EXPECT_EQ(nearest(std::string(100'000, 'x'), words), std::nullopt);
}

}  // namespace
}  // namespace podreg::core
