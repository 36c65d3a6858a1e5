#include "core/comma_list.h"

#include <array>

#include "core/ascii.h"

namespace podreg::core {
namespace {

// What Java's String#trim removes: the space and everything before it.
constexpr auto kJavaSpace = [] {
  std::array<char, 33> space{};
  for (std::size_t i = 0; i < space.size(); ++i) space[i] = static_cast<char>(i);
  return space;
}();

}  // namespace

std::vector<std::string_view> comma_list(std::string_view list) {
  const std::string_view space(kJavaSpace.data(), kJavaSpace.size());
  std::vector<std::string_view> members;
  for (;;) {
    const auto comma = list.find(',');
    const auto member = trimmed(list.substr(0, comma), space);
    if (!member.empty()) members.push_back(member);
    if (comma == std::string_view::npos) return members;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace podreg::core
