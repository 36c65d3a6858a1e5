// What Java does with text, wherever Dubbo's result depends on it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace podreg::core {

// String#compareTo: by UTF-16 code unit, so that characters beyond U+FFFF, which are surrogate
// pairs there, come before U+E000 to U+FFFF. Both texts are UTF-8.
bool java_less(std::string_view a, std::string_view b);

struct JavaLess {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const { return java_less(a, b); }
};

// In which order a java.util.HashMap hands out these keys when they were put into it in this order:
// the indexes of the keys. The keys are UTF-8, each once.
std::vector<std::size_t> hash_map_order(const std::vector<std::string>& keys);

}  // namespace podreg::core
