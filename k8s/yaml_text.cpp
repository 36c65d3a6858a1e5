#include "k8s/yaml_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "k8s/splice.h"

namespace podreg::k8s {
namespace {

constexpr std::string_view kSpace = " \t";

// Line breaks of YAML 1.1, and the byte order mark: kubectl's parser does not keep them in quotes.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kUnsafe{{
    {"\xc2\x85", "\\u0085"},
    {"\xe2\x80\xa8", "\\u2028"},
    {"\xe2\x80\xa9", "\\u2029"},
    {"\xef\xbb\xbf", "\\uFEFF"},
}};

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool fits_single_quotes(std::string_view text) {
  return std::ranges::none_of(text, is_control) &&
         std::ranges::none_of(kUnsafe, [&](const auto& unsafe) {
           return text.find(unsafe.first) != std::string_view::npos;
         });
}

std::string in_single_quotes(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted.append(c == '\'' ? 2 : 1, c);
  return quoted + "'";
}

std::string escaped(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return is_control(c) ? fmt::format("\\x{:02x}", static_cast<unsigned char>(c))
                           : std::string(1, c);
  }
}

std::string in_double_quotes(std::string_view text) {
  std::string quoted = "\"";
  while (!text.empty()) {
    const auto* unsafe = std::ranges::find_if(
        kUnsafe, [&](const auto& candidate) { return text.starts_with(candidate.first); });
    const bool found = unsafe != kUnsafe.end();
    quoted += found ? std::string(unsafe->second) : escaped(text.front());
    text.remove_prefix(found ? unsafe->first.size() : 1);
  }
  return quoted + "\"";
}

std::size_t end_of_quoted(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  for (std::size_t at = begin + 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (quote == '"' || at + 1 == text.size() || text[at + 1] != quote) return at + 1;
      ++at;
    }
  }
  throw SpliceRefused{"has a text without an end", begin};
}

bool is_blank_line(std::string_view text, std::size_t line) {
  const auto first = text.find_first_not_of(" \t\r", line);
  return first == std::string_view::npos || text[first] == '\n';
}

std::size_t indentation(std::string_view text, std::size_t line) {
  return std::min(text.find_first_not_of(' ', line), text.size()) - line;
}

// The last of the lines behind `end` that are blank or indented deeper than `column`, as long as
// `goes_on` says so, ends the text.
template <typename GoesOn>
std::size_t end_of_deeper_lines(std::string_view text, std::size_t end, std::size_t column,
                                GoesOn goes_on) {
  for (auto line = next_line(text, end); line < text.size(); line = next_line(text, line)) {
    if (is_blank_line(text, line)) continue;
    const auto indent = indentation(text, line);
    if (indent <= column || !goes_on(text[line + indent])) break;
    end = end_of_line(text, line);
  }
  return end;
}

// Of a plain text: where a comment, the line, or what ends it between braces begins.
std::size_t end_of_plain_line(std::string_view text, std::size_t begin, bool in_braces) {
  const auto line_end = end_of_line(text, begin);
  std::size_t at = begin;
  while (at < line_end) {
    const char c = text[at];
    const bool ends = at + 1 == line_end;
    if (c == '#' && at > begin && kSpace.find(text[at - 1]) != std::string_view::npos) break;
    if (in_braces && (c == ',' || c == '{' || c == '}' || c == '[' || c == ']')) break;
    if (c == ':' && (ends || kSpace.find(text[at + 1]) != std::string_view::npos)) break;
    ++at;
  }
  while (at > begin && kSpace.find(text[at - 1]) != std::string_view::npos) --at;
  return at;
}

}  // namespace

std::string yaml_quoted(std::string_view text, YamlQuotes wanted) {
  const bool single = wanted == YamlQuotes::single && fits_single_quotes(text);
  return single ? in_single_quotes(text) : in_double_quotes(text);
}

std::size_t column_of(std::string_view text, std::size_t offset) {
  const auto line_break = text.substr(0, offset).rfind('\n');
  return line_break == std::string_view::npos ? offset : offset - line_break - 1;
}

std::size_t end_of_line(std::string_view text, std::size_t offset) {
  const auto line_break = std::min(text.find('\n', offset), text.size());
  return line_break > offset && text[line_break - 1] == '\r' ? line_break - 1 : line_break;
}

std::size_t next_line(std::string_view text, std::size_t offset) {
  const auto line_break = text.find('\n', offset);
  return line_break == std::string_view::npos ? text.size() : line_break + 1;
}

bool is_rest_blank(std::string_view text, std::size_t offset) {
  const auto end = end_of_line(text, offset);
  const auto first = std::min(text.find_first_not_of(kSpace, offset), end);
  return first == end || (text[first] == '#' && first > offset);
}

std::size_t end_of_yaml_text(std::string_view text, std::size_t begin, std::size_t key_column,
                             bool in_braces) {
  const char first = text[begin];
  if (first == '"' || first == '\'') return end_of_quoted(text, begin);
  if (!in_braces && (first == '|' || first == '>')) {
    return end_of_deeper_lines(text, end_of_line(text, begin), key_column,
                               [](char) { return true; });
  }
  const auto end = end_of_plain_line(text, begin, in_braces);
  if (in_braces || end != end_of_line(text, begin)) return end;
  return end_of_deeper_lines(text, end, key_column, [](char c) { return c != '#'; });
}

std::size_t end_of_block(std::string_view text, std::size_t offset, std::size_t column) {
  std::size_t end = next_line(text, offset);
  for (auto line = end; line < text.size(); line = next_line(text, line)) {
    const auto indent = indentation(text, line);
    const bool comment = indent <= column && text.substr(line + indent).starts_with('#');
    if (is_blank_line(text, line) || comment) continue;
    const auto rest = text.substr(line);
    if (indent < column || rest.starts_with("---") || rest.starts_with("...")) break;
    end = next_line(text, line);
  }
  return end;
}

std::size_t end_of_flow(std::string_view text, std::size_t begin) {
  std::size_t depth = 0;
  bool starts = true;  // whether a quote would begin a text in quotes
  for (std::size_t at = begin; at < text.size(); ++at) {
    const char c = text[at];
    if (starts && (c == '"' || c == '\'')) at = end_of_quoted(text, at) - 1;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return at + 1;
    if (c == '#' && kSpace.find(text[at - 1]) != std::string_view::npos) at = end_of_line(text, at);
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    starts = std::string_view("{[,:").find(c) != std::string_view::npos || (blank && starts);
  }
  return text.size();
}

}  // namespace podreg::k8s
