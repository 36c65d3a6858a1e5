// The order in which people count: pod-2 before pod-10.
#pragma once

#include <string_view>

namespace podreg::output {

// Digits in a row are a number, of equal ones that with fewer zeros before it is less; a digit is
// less than what is none; all else by its bytes. As github.com/fvbommel/sortorder, NaturalLess,
// which kubectl --sort-by uses.
bool is_naturally_less(std::string_view a, std::string_view b);

}  // namespace podreg::output
