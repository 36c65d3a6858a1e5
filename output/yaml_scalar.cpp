#include "output/yaml_scalar.h"

#include <yaml-cpp/emittermanip.h>

#include <algorithm>
#include <array>
#include <string>

#include "output/code_points.h"

namespace podreg::output {

namespace {

// What YAML 1.1, YAML 1.2 or a reader of either makes of a word (in any case) other than a string.
constexpr std::array<std::string_view, 11> kTakenWords = {
    "y", "yes", "n", "no", "true", "false", "on", "off", "null", "nan", "inf"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_word_character(char c) {
  constexpr std::string_view others = "0123456789-_./";
  return is_letter(c) || others.find(c) != std::string_view::npos;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool has_unprintable(std::string_view text) {
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    if (is_unprintable(point.value)) return true;
    text.remove_prefix(point.size);
  }
  return false;
}

}  // namespace

bool is_plain_in_yaml(std::string_view text) {
  if (text.empty() || !is_letter(text.front())) return false;
  if (!std::ranges::all_of(text, is_word_character)) return false;
  return std::ranges::none_of(kTakenWords, [text](std::string_view word) {
    return std::ranges::equal(text, word, {}, lower);
  });
}

void write_yaml_string(YAML::Emitter& yaml, std::string_view text) {
  if (is_plain_in_yaml(text)) {
    yaml << std::string(text);
    return;
  }
  const std::string valid = valid_utf8(text);
  // yaml-cpp escapes C0 and C1 by itself, but neither DEL nor what is invisible, and readers of
  // YAML 1.1 refuse some of these when they stand as they are.
  if (has_unprintable(valid)) yaml << YAML::EscapeNonAscii;
  yaml << YAML::DoubleQuoted << valid;
}

void write_yaml_key(YAML::Emitter& yaml, std::string_view name) {
  // A key on the line of its value may take 1,024 characters; escapes make up to 6 of a byte.
  constexpr std::size_t surely_short = 160;
  if (name.size() > surely_short) yaml << YAML::LongKey;
  yaml << YAML::Key;
  write_yaml_string(yaml, name);
}

}  // namespace podreg::output
