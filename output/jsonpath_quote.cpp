#include "output/jsonpath_quote.h"

#include <charconv>
#include <cstdint>

namespace podreg::output {

namespace {

void append_utf8(std::uint32_t code, std::string& text) {
  const auto byte = [&](std::uint32_t value) { text += static_cast<char>(value); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xc0 | code >> 6);
    byte(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    byte(0xe0 | code >> 12);
    byte(0x80 | (code >> 6 & 0x3f));
    byte(0x80 | (code & 0x3f));
  } else {
    byte(0xf0 | code >> 18);
    byte(0x80 | (code >> 12 & 0x3f));
    byte(0x80 | (code >> 6 & 0x3f));
    byte(0x80 | (code & 0x3f));
  }
}

// Takes that many digits from the text.
std::optional<std::uint32_t> take_number(std::string_view& text, std::size_t digits, int base) {
  if (text.size() < digits) return std::nullopt;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, number, base);
  if (error != std::errc{} || end != text.data() + digits) return std::nullopt;
  text.remove_prefix(digits);
  return number;
}

bool is_code_point(std::uint32_t code) {
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

// Of the letter behind the backslash; nothing when it stands for no single character.
std::optional<char> simple_escape(char letter) {
  constexpr std::string_view kLetters = "abfnrtv\\";
  constexpr std::string_view kMeaning = "\a\b\f\n\r\t\v\\";
  const auto at = kLetters.find(letter);
  return at == std::string_view::npos ? std::nullopt : std::optional(kMeaning[at]);
}

// Behind the backslash. Returns whether there is such an escape.
bool take_escape(std::string_view& text, char quote, std::string& into) {
  if (text.empty()) return false;
  const char letter = text.front();
  if (letter == quote) {
    text.remove_prefix(1);
    into += quote;
    return true;
  }
  if (const auto simple = simple_escape(letter)) {
    text.remove_prefix(1);
    into += *simple;
    return true;
  }
  if (letter >= '0' && letter <= '7') {
    const auto number = take_number(text, 3, 8);
    if (!number || *number > 0xff) return false;
    into += static_cast<char>(*number);
    return true;
  }
  text.remove_prefix(1);
  if (letter == 'x') {
    const auto number = take_number(text, 2, 16);
    if (number) into += static_cast<char>(*number);
    return number.has_value();
  }
  if (letter != 'u' && letter != 'U') return false;
  const auto number = take_number(text, letter == 'u' ? 4 : 8, 16);
  if (!number || !is_code_point(*number)) return false;
  append_utf8(*number, into);
  return true;
}

}  // namespace

std::optional<std::string> unquote(std::string_view text, char quote) {
  std::string unquoted;
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == quote) return std::nullopt;
    if (c != '\\') {
      unquoted += c;
    } else if (!take_escape(text, quote, unquoted)) {
      return std::nullopt;
    }
  }
  return unquoted;
}

}  // namespace podreg::output
