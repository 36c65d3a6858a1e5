// Lists with commas between their members, as Dubbo has them in parameters.
#pragma once

#include <string_view>
#include <vector>

namespace podreg::core {

// The members in their order, each trimmed as Java trims; empty ones are dropped. They are parts of
// the list.
std::vector<std::string_view> comma_list(std::string_view list);

}  // namespace podreg::core
