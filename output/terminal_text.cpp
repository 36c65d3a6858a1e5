#include "output/terminal_text.h"

#include <fmt/format.h>

#include <iterator>

#include "output/code_points.h"

namespace podreg::output {

namespace {

void append_escape(std::string& text, const CodePoint& point) {
  const auto code = static_cast<unsigned>(point.value);
  const auto out = std::back_inserter(text);
  if (!point.valid) {
    fmt::format_to(out, "\\x{:02x}", code);
  } else if (code == '\n') {
    text += "\\n";
  } else if (code == '\t') {
    text += "\\t";
  } else if (code == '\r') {
    text += "\\r";
  } else if (code <= 0xffff) {
    fmt::format_to(out, "\\u{:04x}", code);
  } else {
    fmt::format_to(out, "\\U{:08x}", code);
  }
}

}  // namespace

std::string terminal_lines(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    result += terminal_text(line);
    text.remove_prefix(line.size());
    if (text.empty()) break;
    result += '\n';
    text.remove_prefix(1);
  }
  return result;
}

std::string terminal_text(std::string_view text) {
  if (is_printable_ascii(text)) return std::string(text);
  std::string result;
  result.reserve(text.size() + 16);
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    if (!point.valid || is_unprintable(point.value)) {
      append_escape(result, point);
    } else {
      result += text.substr(0, point.size);
    }
    text.remove_prefix(point.size);
  }
  return result;
}

std::size_t display_width(std::string_view text) {
  if (is_printable_ascii(text)) return text.size();
  std::size_t width = 0;
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    width += columns_of(point.value);
    text.remove_prefix(point.size);
  }
  return width;
}

std::string cut_to(std::size_t columns, std::string_view text) {
  std::size_t width = 0;
  std::size_t size = 0;
  while (size < text.size()) {
    const auto point = first_code_point(text.substr(size));
    width += columns_of(point.value);
    if (width > columns) break;
    size += point.size;
  }
  return std::string(text.substr(0, size));
}

}  // namespace podreg::output
