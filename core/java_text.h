// The order in which Java sorts text, wherever Dubbo's result depends on it.
#pragma once

#include <string_view>

namespace podreg::core {

// String#compareTo: by UTF-16 code unit, so that characters beyond U+FFFF, which are surrogate
// pairs there, come before U+E000 to U+FFFF. Both texts are UTF-8.
bool java_less(std::string_view a, std::string_view b);

struct JavaLess {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const { return java_less(a, b); }
};

}  // namespace podreg::core
