#include "output/errors.h"

#include <gtest/gtest.h>

#include "tests/unit/output/captured_streams.h"

namespace podreg::output {
namespace {

std::string printed(std::string_view message, std::string_view hint, const ErrorStyle& style = {}) {
  CapturedText err;
  print_error(message, hint, 3, style, err);
  return err.text();
}

TEST(Errors, AreOneLine) {
  EXPECT_EQ(printed("Service \"x\" not found", ""), "podreg: error: Service \"x\" not found\n");
}

TEST(Errors, AreFollowedByTheirHint) {
  EXPECT_EQ(printed("wrong", "try this\nor that"),
            "podreg: error: wrong\nhint: try this\nhint: or that\n");
}

TEST(Errors, CannotInjectControlSequencesOrLines) {
  EXPECT_EQ(printed("a\x1b]0;x\a\nb", "c\x1b"),
            "podreg: error: a\\u001b]0;x\\u0007\\nb\nhint: c\\u001b\n");
}

TEST(Errors, AreAlsoAnObjectForScripts) {
  EXPECT_EQ(printed("no \"x\"", "", {.as_json = true}),
            "podreg: error: no \"x\"\n"
            R"({"apiVersion":"podreg/v1","kind":"Error","code":3,"message":"no \"x\"","hint":""})"
            "\n");
}

TEST(Errors, StandOutOnATerminal) {
  EXPECT_EQ(printed("x", "", {.color = true}), "podreg: \x1b[1;31merror:\x1b[0m x\n");
}

}  // namespace
}  // namespace podreg::output
