#include "core/short_text.h"

#include <algorithm>

namespace podreg::core {

std::string short_text(std::string_view text, std::size_t limit) {
  text = text.substr(0, std::min(text.size(), text.find_last_not_of(" \t\r\n") + 1));
  std::string result(text.substr(0, limit));
  if (text.size() > limit) {
    // Cut at the beginning of a UTF-8 sequence.
    std::size_t end = limit;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    result.resize(end);
    result += "…";
  }
  std::ranges::replace(result, '\n', ' ');
  return result;
}

}  // namespace podreg::core
