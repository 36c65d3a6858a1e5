#include "output/wrapped_text.h"

#include <algorithm>

#include "output/terminal_text.h"

namespace podreg::output {

std::string wrapped(std::string_view text, const Wrapping& wrapping) {
  std::string result;
  std::size_t column = wrapping.taken;
  bool is_first = true;  // of its line
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find(' ', begin), text.size());
    const auto word = text.substr(begin, end - begin);
    const auto width = display_width(word);
    if (!is_first && wrapping.columns != 0 && column + 1 + width > wrapping.columns) {
      result.append("\n").append(wrapping.indent, ' ');
      column = wrapping.indent;
      is_first = true;
    }
    if (!is_first) result += ' ';
    result += word;
    column += width + (is_first ? 0 : 1);
    is_first = false;
    begin = end + 1;
  }
  return result;
}

}  // namespace podreg::output
