#include "k8s/connection_names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "core/nearest.h"

namespace podreg::k8s {

namespace {

constexpr std::size_t kMostNames = 10;

}  // namespace

std::string list_nearest(const std::string& wanted, const std::vector<std::string>& names) {
  std::vector<std::pair<std::size_t, std::string_view>> ranked;
  ranked.reserve(names.size());
  for (const auto& name : names) {
    ranked.emplace_back(wanted.empty() ? 0 : core::edit_distance(wanted, name), name);
  }
  std::ranges::stable_sort(ranked, {}, &std::pair<std::size_t, std::string_view>::first);
  std::vector<std::string_view> shown;
  for (const auto& [changes, name] : ranked) {
    if (shown.size() < kMostNames) shown.push_back(name);
  }
  auto list = fmt::format("{}", fmt::join(shown, ", "));
  if (names.size() == shown.size()) return list;
  return fmt::format("{} and {} more", list, names.size() - shown.size());
}

}  // namespace podreg::k8s
