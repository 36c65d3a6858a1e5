#include "output/roff_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "output/code_points.h"

namespace podreg::output {

namespace {

// mandoc warns of longer lines.
constexpr std::size_t kLineLength = 78;

// What formatters would turn into hyphens, typographic quotes, or accents.
std::string_view escape_of(char32_t code) {
  switch (code) {
    case '\\':
      return "\\e";
    case '-':
      return "\\-";
    case '\'':
      return "\\(aq";
    case '`':
      return "\\(ga";
    case '^':
      return "\\(ha";
    case '~':
      return "\\(ti";
    default:
      return {};
  }
}

std::string escaped(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    if (const auto escape = escape_of(next.value); !escape.empty()) {
      result += escape;
    } else if (next.size == 1) {
      result += text.front();
    } else {
      result += fmt::format("\\[u{:04X}]", static_cast<std::uint32_t>(next.value));
    }
    text.remove_prefix(next.size);
  }
  return result;
}

}  // namespace

// A point at the beginning of a line begins a request.
std::string roff_text(std::string_view text) {
  return (text.starts_with('.') ? "\\&" : "") + escaped(text);
}

std::string roff_argument(std::string_view text) {
  auto quoted = escaped(text);
  for (auto at = quoted.find('"'); at != std::string::npos; at = quoted.find('"', at + 1)) {
    quoted.replace(at, 1, "\\(dq");
  }
  return '"' + quoted + '"';
}

std::string roff_paragraph(std::string_view text) {
  std::string result;
  std::string line;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find(' ', begin), text.size());
    const auto word = roff_text(text.substr(begin, end - begin));
    const bool ends_sentence = line.ends_with('.') && !line.ends_with("e.g.");
    if (!line.empty() && (ends_sentence || line.size() + 1 + word.size() > kLineLength)) {
      result += line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
    begin = end + 1;
  }
  result += line;
  return result.ends_with('.') || result.ends_with(':') ? result + "\n" : result + ".\n";
}

}  // namespace podreg::output
