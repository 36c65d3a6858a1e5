#include "output/errors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

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

TEST(Errors, OfSeveralObjectsHaveTheSameHintOnce) {
  CapturedText err;
  print_errors({{"a", "h", 3}, {"b", "h", 3}, {"c", "", 4}}, {}, err);
  EXPECT_EQ(err.text(), "podreg: error: a\npodreg: error: b\nhint: h\npodreg: error: c\n");
}

TEST(Errors, OfManyObjectsAreTheFirstTenForPeopleAndAllForScripts) {
  const std::vector<ErrorText> errors(12, {"x", "", 3});
  CapturedText for_people;
  print_errors(errors, {}, for_people);
  EXPECT_EQ(std::ranges::count(for_people.text(), '\n'), 11);
  EXPECT_TRUE(for_people.text().ends_with("podreg: error: 2 more; -o json names them all\n"));
  CapturedText for_scripts;
  print_errors(errors, {.as_json = true}, for_scripts);
  EXPECT_EQ(std::ranges::count(for_scripts.text(), '\n'), 11 + 12);
}

}  // namespace
}  // namespace podreg::output
