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
  EXPECT_EQ(nearest("x", std::array<std::string_view, 1>{"y"}), std::nullopt);
  EXPECT_EQ(nearest(std::string(100'000, 'x'), words), std::nullopt);
}

TEST(Nearest, IsAskedForInAHint) {
  constexpr std::array<std::string_view, 2> words = {"instances", "services"};
  EXPECT_EQ(did_you_mean("servcies", words, "there are two"), "did you mean services?");
  EXPECT_EQ(did_you_mean("doctor", words, "there are two"), "there are two");
  EXPECT_EQ(did_you_mean("doctor", words), "");
}

}  // namespace
}  // namespace podreg::core
