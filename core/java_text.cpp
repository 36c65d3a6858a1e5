#include "core/java_text.h"

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace podreg::core {

namespace {

// UTF-8 sorts by code point. Its lead bytes tell where UTF-16 differs: 0xF0 and above (surrogate
// pairs) belong between 0xED and 0xEE (U+E000 and above).
int weight(char c) {
  const int byte = static_cast<unsigned char>(c);
  if (byte >= 0xF0) return byte - 2;
  return byte == 0xEE || byte == 0xEF ? byte + 8 : byte;
}

// String#hashCode: over UTF-16 code units.
std::uint32_t hash_code(std::string_view text) {
  std::uint32_t hash = 0;
  const auto add = [&](std::uint32_t unit) { hash = hash * 31 + unit; };
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t point = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k) {
      point = (point << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    }
    if (point < 0x10000) {
      add(point);
    } else {
      add(0xD800 + ((point - 0x10000) >> 10));
      add(0xDC00 + ((point - 0x10000) & 0x3FF));
    }
    i += length;
  }
  return hash;
}

}  // namespace

std::vector<std::size_t> hash_map_order(const std::vector<std::string>& keys) {
  // The table starts with 16 places and doubles when it is more than three quarters full; the order
  // within a place stays that of insertion.
  std::uint32_t places = 16;
  while (keys.size() * 4 > std::size_t{places} * 3) places *= 2;
  const auto place = [&](std::size_t index) {
    const std::uint32_t hash = hash_code(keys[index]);
    return (hash ^ (hash >> 16)) & (places - 1);
  };
  std::vector<std::size_t> order(keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, place);
  return order;
}

bool java_less(std::string_view a, std::string_view b) {
  return std::ranges::lexicographical_compare(a, b, {}, weight, weight);
}

}  // namespace podreg::core
