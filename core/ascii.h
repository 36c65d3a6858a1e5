// What depends on a text being ASCII, or does not care for anything beyond it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace podreg::core {

// How many of the first bytes are ASCII.
std::size_t ascii_prefix(std::string_view text);

inline bool is_ascii(std::string_view text) { return ascii_prefix(text) == text.size(); }

// With the letters A to Z in lower case.
std::string ascii_lower(std::string_view text);

// With the letters a to z in upper case.
std::string ascii_upper(std::string_view text);

// Whether they differ in nothing but the case of letters A to Z.
bool equal_ignoring_case(std::string_view a, std::string_view b);

// Without the space around it; `space` are the characters that count as such.
std::string_view trimmed(std::string_view text, std::string_view space = " \t\r\n");

}  // namespace podreg::core
