#include "output/markup_text.h"

#include "output/terminal_text.h"

namespace podreg::output {

std::string markup_text(std::string_view text) {
  std::string result;
  for (const char c : terminal_text(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

}  // namespace podreg::output
