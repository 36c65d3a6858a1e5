#include "core/java_text.h"

#include <algorithm>

namespace podreg::core {

namespace {

// UTF-8 sorts by code point. Its lead bytes tell where UTF-16 differs: 0xF0 and above (surrogate
// pairs) belong between 0xED and 0xEE (U+E000 and above).
int weight(char c) {
  const int byte = static_cast<unsigned char>(c);
  if (byte >= 0xF0) return byte - 2;
  return byte == 0xEE || byte == 0xEF ? byte + 8 : byte;
}

}  // namespace

bool java_less(std::string_view a, std::string_view b) {
  return std::ranges::lexicographical_compare(a, b, {}, weight, weight);
}

}  // namespace podreg::core
