// What there is instead of a name that is not there.
#pragma once

#include <string>
#include <vector>

namespace podreg::k8s {

// "prod, prod-eu, test and 7 more": at most 10 names, those most like `wanted` first, as they stand
// when nothing is wanted. Empty without names.
std::string list_nearest(const std::string& wanted, const std::vector<std::string>& names);

}  // namespace podreg::k8s
