// How many of something, in words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace podreg::core {

// "1 pod", "2 pods": of what makes its plural with an s.
std::string counted(std::size_t count, std::string_view what);

}  // namespace podreg::core
