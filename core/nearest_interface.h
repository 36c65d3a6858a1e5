// Which interfaces somebody probably meant who named one that nobody provides.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace podreg::core {

// The names that are like that one, the nearest first, at most three: those of the same or nearly
// the same class, in whichever package; of several such, those of the nearest package first.
std::vector<std::string> nearest_interfaces(std::string_view wanted,
                                            const std::set<std::string>& names);

}  // namespace podreg::core
