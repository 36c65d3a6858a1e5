// Text from the cluster, made safe and measurable for people's eyes. Whoever may annotate a pod
// must not be able to move the cursor, recolour, hide or reorder what an operator reads.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace podreg::output {

// The text on one line, with a visible escape for each control character (`\n`, `\t`, `\r`,
// `\u001b`), for each bidi, zero-width or other invisible format character and line separator
// (`\u202e`, `\U000e0001`), and for each byte that is not UTF-8 (`\xff`). A backslash stays as it
// is: this is for reading, not for parsing.
std::string terminal_text(std::string_view text);

// The same for a text of several lines, which stay what they are.
std::string terminal_lines(std::string_view text);

// The columns that a terminal needs for what terminal_text returned: East Asian wide characters and
// emoji take two, combining marks none. As of the Unicode version named in unicode_ranges.h.
std::size_t display_width(std::string_view text);

// The beginning of such a text that a terminal shows in so many columns.
std::string cut_to(std::size_t columns, std::string_view text);

}  // namespace podreg::output
