#include "output/color.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace podreg::output {
namespace {

TEST(Color, DependsOnTheTerminalUnlessToldOtherwise) {
  EXPECT_TRUE(use_color({}, true));
  EXPECT_FALSE(use_color({}, false));
}

TEST(Color, NoColorDisablesItWhenNotEmpty) {
  EXPECT_FALSE(use_color({.no_color = "1"}, true));
  EXPECT_TRUE(use_color({.no_color = ""}, true));
}

TEST(Color, ADumbTerminalHasNone) {
  EXPECT_FALSE(use_color({.term = "dumb"}, true));
  EXPECT_TRUE(use_color({.term = "xterm-256color"}, true));
}

TEST(Color, TheFlagWinsOverEnvironmentAndTerminal) {
  EXPECT_TRUE(use_color({.mode = ColorMode::always, .no_color = "1", .term = "dumb"}, false));
  EXPECT_FALSE(use_color({.mode = ColorMode::never}, true));
}

TEST(Color, ModesAreReadAndOthersAreAnError) {
  EXPECT_EQ(parse_color_mode("auto"), ColorMode::automatic);
  EXPECT_EQ(parse_color_mode("always"), ColorMode::always);
  EXPECT_EQ(parse_color_mode("never"), ColorMode::never);
  EXPECT_THROW(parse_color_mode("yes"), core::Error);
}

TEST(Color, PaintIsPutAroundTheText) {
  EXPECT_EQ(painted("x", Paint::bold, true), "\x1b[1mx\x1b[0m");
  EXPECT_EQ(painted("x", Paint::bold, false), "x");
}

}  // namespace
}  // namespace podreg::output
