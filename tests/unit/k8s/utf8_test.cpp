#include <gtest/gtest.h>

#include <string>

#include "k8s/utf8_check.h"

namespace podreg::k8s {
namespace {

// The offset of what is wrong; must be the same whatever the pieces are.
std::optional<std::size_t> check(std::string_view text) {
  std::optional<std::size_t> whole;
  for (const std::size_t size : {text.size() + 1, std::size_t{1}, std::size_t{3}}) {
    Utf8Check utf8;
    std::optional<std::size_t> bad;
    for (std::size_t at = 0; at < text.size() && !bad; at += size) {
      bad = utf8.feed(text.substr(at, size));
    }
    if (!bad) bad = utf8.finish();
    if (size > text.size()) whole = bad;
    EXPECT_EQ(bad, whole) << "in pieces of " << size;
  }
  return whole;
}

TEST(Utf8Check, AcceptsCharactersOfEveryLength) {
  EXPECT_EQ(check(""), std::nullopt);
  EXPECT_EQ(check("plain text that is longer than eight bytes"), std::nullopt);
  EXPECT_EQ(check("é 中文 \xf0\x9f\x98\x80 and more text behind it"), std::nullopt);
  EXPECT_EQ(
      check("\xc2\x80 \xe0\xa0\x80 \xed\x9f\xbf \xee\x80\x80 \xf0\x90\x80\x80 \xf4\x8f\xbf\xbf"),
      std::nullopt);
}

TEST(Utf8Check, FindsTheFirstByteOfWhatIsWrong) {
  const std::string before = "0123456789";
  for (const std::string bad : {
           "\x80", "\xbf", "\xfe", "\xff",          // never a first byte
           "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf",  // overlong
           "\xf0\x8f\xbf\xbf", "\xed\xa0\x80",      // overlong; a surrogate
           "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",  // above U+10FFFF
           "\xc3(", "\xe4\xb8(", "\xf0\x9f\x98(",   // a continuation byte is missing
       }) {
    EXPECT_EQ(check(before + bad + "more text"), before.size());
  }
}

TEST(Utf8Check, ACharacterThatIsCutShortIsFoundAtTheEnd) {
  EXPECT_EQ(check("abc\xe4\xb8"), 3U);
  EXPECT_EQ(check("abcdefgh\xf0"), 8U);
}

}  // namespace
}  // namespace podreg::k8s
