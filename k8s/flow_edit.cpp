#include "k8s/flow_edit.h"

namespace podreg::k8s {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// The offset behind the last character before `offset` that is not blank.
std::size_t skip_blanks_back(std::string_view text, std::size_t offset) {
  while (offset > 0 && kBlanks.find(text[offset - 1]) != std::string_view::npos) --offset;
  return offset;
}

}  // namespace

std::string_view indentation_at(std::string_view text, std::size_t offset) {
  const auto line_break = text.substr(0, offset).rfind('\n');
  const auto begin = line_break == std::string_view::npos ? 0 : line_break + 1;
  const auto end = text.find_first_not_of(" \t", begin);
  return text.substr(begin, (end == std::string_view::npos ? text.size() : end) - begin);
}

std::size_t skip_blanks(std::string_view text, std::size_t offset) {
  const auto found = text.find_first_not_of(kBlanks, offset);
  return found == std::string_view::npos ? text.size() : found;
}

Splice insert_member(std::string_view text, std::size_t first, const std::string& member,
                     std::string_view comma) {
  const auto before = skip_blanks_back(text, first);
  const auto blanks = text.substr(before, first - before);
  const auto line_break = blanks.find_last_of('\n');
  if (line_break == std::string_view::npos) return {first, first, member + std::string(comma)};
  const bool has_return = line_break > 0 && blanks[line_break - 1] == '\r';
  return {first, first,
          member + "," + std::string(blanks.substr(has_return ? line_break - 1 : line_break))};
}

Splice remove_member(std::string_view text, std::size_t begin, std::size_t end) {
  const auto next = skip_blanks(text, end);
  if (next < text.size() && text[next] == ',') {
    const auto after = skip_blanks(text, next + 1);
    const bool comment = after < text.size() && text[after] == '#';
    return {begin, comment ? next + 1 : after, ""};
  }
  const auto before = skip_blanks_back(text, begin);
  const char left = before > 0 ? text[before - 1] : '\0';
  const bool closes = next < text.size() && text[next] == '}';
  if (left == ',') return {before - 1, end, ""};
  if (left == '{' && closes) return {before, next, ""};
  throw SpliceRefused{"has a comment between braces", begin};
}

}  // namespace podreg::k8s
