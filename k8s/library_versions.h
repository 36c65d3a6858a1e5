// The libraries that this program runs with, for `podreg version`.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace podreg::k8s {

// Name and version, sorted by name: of shared libraries the ones that were loaded, of others the
// ones it was compiled with. Safe from any thread.
std::vector<std::pair<std::string, std::string>> library_versions();

}  // namespace podreg::k8s
