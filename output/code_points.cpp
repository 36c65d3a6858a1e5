#include "output/code_points.h"

#include <rapidjson/encodings.h>
#include <rapidjson/memorystream.h>

#include <algorithm>
#include <iterator>

#include "output/unicode_ranges.h"

namespace podreg::output {

namespace {

template <std::size_t Size>
bool contains(const CodePointRange (&ranges)[Size], char32_t code) {
  const auto* const range = std::ranges::lower_bound(ranges, code, {}, &CodePointRange::last);
  return range != std::end(ranges) && range->first <= code;
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
  const auto byte = static_cast<unsigned char>(text.front());
  if (byte < 0x80) return {byte, 1, true};
  rapidjson::MemoryStream stream(text.data(), text.size());
  unsigned code = 0;
  if (!rapidjson::UTF8<>::Decode(stream, &code)) return {byte, 1, false};
  return {code, stream.Tell(), true};
}

bool is_printable_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c <= 0x7e; });
}

bool is_unprintable(char32_t code) {
  if (code >= 0x20 && code <= 0x7e) return false;
  return contains(kUnprintable, code);
}

std::size_t columns_of(char32_t code) {
  if (code < kCombining[0].first) return 1;
  if (contains(kCombining, code)) return 0;
  return contains(kWide, code) ? 2 : 1;
}

std::string valid_utf8(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    result += point.valid ? text.substr(0, point.size) : "\uFFFD";
    text.remove_prefix(point.size);
  }
  return result;
}

}  // namespace podreg::output
