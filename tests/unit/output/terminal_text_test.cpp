#include "output/terminal_text.h"

#include <gtest/gtest.h>

#include <string>

namespace podreg::output {
namespace {

TEST(TerminalText, OrdinaryTextStaysAsItIs) {
  EXPECT_EQ(terminal_text(""), "");
  EXPECT_EQ(terminal_text("shop-order-0 \\ \"x\""), "shop-order-0 \\ \"x\"");
  EXPECT_EQ(terminal_text("订单服务 é 😀"), "订单服务 é 😀");
}

TEST(TerminalText, ControlCharactersBecomeVisible) {
  EXPECT_EQ(terminal_text("a\x1b[31mb"), "a\\u001b[31mb");
  EXPECT_EQ(terminal_text("a\nb\tc\rd"), "a\\nb\\tc\\rd");
  EXPECT_EQ(terminal_text({"\0\a\x7f", 3}), "\\u0000\\u0007\\u007f");
}

TEST(TerminalText, ControlCharactersOfLatin1BecomeVisible) {
  EXPECT_EQ(terminal_text("\u009b31m"), "\\u009b31m") << "CSI in one character";
  EXPECT_EQ(terminal_text("\u0085"), "\\u0085");
}

TEST(TerminalText, BytesThatAreNotUtf8BecomeVisible) {
  EXPECT_EQ(terminal_text("a\x9b"), "a\\x9b");
  EXPECT_EQ(terminal_text("\xff\xfe"), "\\xff\\xfe");
  EXPECT_EQ(terminal_text("\xc0\xaf"), "\\xc0\\xaf") << "overlong";
  EXPECT_EQ(terminal_text("\xed\xa0\x80"), "\\xed\\xa0\\x80") << "surrogate";
  EXPECT_EQ(terminal_text("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80") << "beyond U+10FFFF";
  EXPECT_EQ(terminal_text("\xe8\xae"), "\\xe8\\xae") << "cut short";
  EXPECT_EQ(terminal_text("\xe8\xae "), "\\xe8\\xae ") << "cut short inside";
}

TEST(TerminalText, BidirectionalControlsBecomeVisible) {
  EXPECT_EQ(terminal_text("a\u202eb\u202c"), "a\\u202eb\\u202c");
  EXPECT_EQ(terminal_text("\u202a\u202d\u202c\u202c\u2066\u2069\u200e"),
            "\\u202a\\u202d\\u202c\\u202c\\u2066\\u2069\\u200e");
}

TEST(TerminalText, InvisibleCharactersBecomeVisible) {
  EXPECT_EQ(terminal_text("a\u200bb\ufeff\u00ad"), "a\\u200bb\\ufeff\\u00ad");
  EXPECT_EQ(terminal_text("\u2028\u2029"), "\\u2028\\u2029");
  EXPECT_EQ(terminal_text("\U000e0041"), "\\U000e0041") << "a tag character";
}

TEST(DisplayWidth, EastAsianCharactersTakeTwoColumns) {
  EXPECT_EQ(display_width("order"), 5U);
  EXPECT_EQ(display_width("订单"), 4U);
  EXPECT_EQ(display_width("注문サー"), 8U);
  EXPECT_EQ(display_width("Ａ１"), 4U) << "fullwidth";
  EXPECT_EQ(display_width("ｱ"), 1U) << "halfwidth";
  EXPECT_EQ(display_width("\U00020000"), 2U);
}

TEST(DisplayWidth, EmojiTakeTwoColumns) { EXPECT_EQ(display_width("😀🚀"), 4U); }

TEST(DisplayWidth, CombiningMarksTakeNone) {
  EXPECT_EQ(display_width("e\u0301"), 1U);
  EXPECT_EQ(display_width("é"), 1U);
  EXPECT_EQ(display_width("\u1112\u1161\u11ab"), 2U) << "a syllable of Hangul in its parts";
}

}  // namespace
}  // namespace podreg::output
