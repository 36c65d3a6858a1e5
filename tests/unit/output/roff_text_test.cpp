#include "output/roff_text.h"

#include <gtest/gtest.h>

namespace podreg::output {
namespace {

TEST(RoffText, KeepsWhatFormattersWouldChange) {
  EXPECT_EQ(roff_text("a-b 'c' `d` ~/e ^f \\g"),
            "a\\-b \\(aqc\\(aq \\(gad\\(ga \\(ti/e \\(haf \\eg");
  EXPECT_EQ(roff_text("PROTOCOL,…"), "PROTOCOL,\\[u2026]");
}

TEST(RoffText, ALineOfTextIsNoRequest) {
  EXPECT_EQ(roff_text(".so /etc/passwd"), "\\&.so /etc/passwd");
  EXPECT_EQ(roff_text("'so x"), "\\(aqso x");
}

TEST(RoffText, AnArgumentIsQuoted) {
  EXPECT_EQ(roff_argument("KEY=\"Ar Nm\""), "\"KEY=\\(dqAr Nm\\(dq\"");
}

TEST(RoffText, AParagraphHasShortLinesAndASentenceEndsItsOwn) {
  EXPECT_EQ(roff_paragraph("One. Two, e.g. 2"), "One.\nTwo, e.g. 2.\n");
  const std::string word(30, 'x');
  EXPECT_EQ(roff_paragraph(word + " " + word + " " + word),
            word + " " + word + "\n" + word + ".\n");
}

}  // namespace
}  // namespace podreg::output
