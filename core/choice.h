// A word that is to be one of a few.
#pragma once

#include <initializer_list>
#include <string_view>

namespace podreg::core {

// Throws Error(usage) about a `value` of the flag `flag` that is none of the `choices`, at least
// two; its hint is the nearest of them, else `otherwise`, which may be empty.
[[noreturn]] void refuse_choice(std::string_view flag, std::string_view value,
                                std::initializer_list<std::string_view> choices,
                                std::string_view otherwise = {});

}  // namespace podreg::core
