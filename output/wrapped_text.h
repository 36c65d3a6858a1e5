// Text in lines that fit.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace podreg::output {

struct Wrapping {
  std::size_t columns = 0;  // of a line; 0: there is no limit
  std::size_t taken = 0;    // of the first one, by what stands before the text
  std::size_t indent = 0;   // spaces before each of the others
};

// Breaks the text at spaces; a word that is too long has a line of its own. The text must be safe
// for a terminal already (terminal_text), and measures as it is shown (display_width).
std::string wrapped(std::string_view text, const Wrapping& wrapping);

}  // namespace podreg::output
