#include "k8s/connection_names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string_view>
#include <utility>

namespace podreg::k8s {

namespace {

constexpr std::size_t kMostNames = 10;
constexpr std::string_view::size_type kMostLetters = 64;  // the work grows with the square

// Letters to insert, delete or replace (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
  a = a.substr(0, kMostLetters);
  b = b.substr(0, kMostLetters);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, diagonal + 1, replaced});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string list_nearest(const std::string& wanted, const std::vector<std::string>& names) {
  std::vector<std::pair<std::size_t, std::string_view>> ranked;
  ranked.reserve(names.size());
  for (const auto& name : names) {
    ranked.emplace_back(wanted.empty() ? 0 : distance(wanted, name), name);
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
