// UTF-8 text, one code point at a time, and what terminals make of each.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace podreg::output {

// A code point at the front of a text and the bytes that it takes. Where the bytes are not UTF-8:
// not valid, the value of the one byte that is at fault.
struct CodePoint {
  char32_t value = 0;
  std::size_t size = 1;
  bool valid = true;
};

// The first code point. The text must not be empty. Overlong forms and surrogates are not valid.
CodePoint first_code_point(std::string_view text);

// Whether every byte is one that prints by itself: the common case, for which there is a short way.
bool is_printable_ascii(std::string_view text);

// Whether it moves the cursor, changes the direction of the text around it, or shows nothing: what
// somebody could hide or forge text with.
bool is_unprintable(char32_t code);

// The columns of a terminal that a printable code point takes: 0, 1 or 2.
std::size_t columns_of(char32_t code);

// The same text with U+FFFD for every byte that is not UTF-8.
std::string valid_utf8(std::string_view text);

}  // namespace podreg::output
