#include "output/natural_order.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace podreg::output {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Number {
  std::size_t zeros = 0;
  std::string_view digits;  // behind the zeros
};

Number take_number(std::string_view& text) {
  Number number;
  number.zeros = std::min(text.find_first_not_of('0'), text.size());
  text.remove_prefix(number.zeros);
  const auto length = std::ranges::find_if_not(text, is_digit) - text.begin();
  number.digits = text.substr(0, static_cast<std::size_t>(length));
  text.remove_prefix(number.digits.size());
  return number;
}

// Nothing when they are the same.
std::optional<bool> is_less(const Number& a, const Number& b) {
  if (a.digits.size() != b.digits.size()) return a.digits.size() < b.digits.size();
  if (a.digits != b.digits) return a.digits < b.digits;
  if (a.zeros != b.zeros) return a.zeros < b.zeros;
  return std::nullopt;
}

}  // namespace

bool is_naturally_less(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const char x = a.front();
    const char y = b.front();
    if (is_digit(x) != is_digit(y)) return is_digit(x);
    if (is_digit(x)) {
      const Number of_a = take_number(a);
      const Number of_b = take_number(b);
      if (const auto less = is_less(of_a, of_b)) return *less;
      continue;
    }
    if (x != y) return static_cast<unsigned char>(x) < static_cast<unsigned char>(y);
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  return a.size() < b.size();
}

}  // namespace podreg::output
