#include "core/nearest_interface.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

#include "core/nearest.h"

namespace podreg::core {
namespace {

constexpr std::size_t kMostSimilar = 3;

// Where the class begins, behind the package and its dot.
std::size_t class_place(std::string_view interface) { return interface.rfind('.') + 1; }

}  // namespace

std::vector<std::string> nearest_interfaces(std::string_view wanted,
                                            const std::set<std::string>& names) {
  const auto place = class_place(wanted);
  std::vector<std::tuple<std::size_t, std::size_t, std::string_view>> found;
  for (const std::string_view name : names) {
    const auto candidate = name.substr(class_place(name));
    const auto changes = edit_distance(wanted.substr(place), candidate);
    if (changes > std::max<std::size_t>(1, candidate.size() / 3)) continue;
    const auto package = name.substr(0, name.size() - candidate.size());
    found.emplace_back(changes, edit_distance(wanted.substr(0, place), package), name);
  }
  std::ranges::sort(found);
  std::vector<std::string> nearest;
  for (const auto& [changes, package, name] : found) {
    if (nearest.size() < kMostSimilar) nearest.emplace_back(name);
  }
  return nearest;
}

}  // namespace podreg::core
