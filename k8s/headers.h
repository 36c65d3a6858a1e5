// Headers of HTTP, as name and value, in the order in which they came or go.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace podreg::k8s {

using Headers = std::vector<std::pair<std::string, std::string>>;

// The value of a header, whatever the case of its name; empty when it is absent. Of one that is
// there several times: the first, or all.
std::string header_value(const Headers& headers, std::string_view name);
std::vector<std::string> header_values(const Headers& headers, std::string_view name);

}  // namespace podreg::k8s
