// Text of others that goes into a sentence of ours.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace podreg::core {

inline constexpr std::size_t kLongestShortText = 500;

// The text (UTF-8) without white space at its end, with spaces for line feeds, and with "…" for
// what is beyond `limit` bytes.
std::string short_text(std::string_view text, std::size_t limit = kLongestShortText);

}  // namespace podreg::core
