#include "core/nearest.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <vector>

namespace podreg::core {

namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool same(char a, char b) { return lower(a) == lower(b); }

constexpr std::size_t kMostLetters = 64;

}  // namespace

// Optimal string alignment distance, with the last three rows of its table.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  a = a.substr(0, kMostLetters);
  b = b.substr(0, kMostLetters);
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(above);
    above.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1])) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
  }
  return row[b.size()];
}

std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> words) {
  std::optional<std::string_view> best;
  std::size_t best_distance = 0;
  for (const std::string_view candidate : words) {
    const std::size_t changes = edit_distance(word, candidate);
    const std::size_t allowed = std::max<std::size_t>(1, (candidate.size() + 1) / 3);
    if (changes > allowed || changes >= candidate.size() || (best && changes >= best_distance))
      continue;
    best = candidate;
    best_distance = changes;
  }
  return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> words,
                         std::string_view otherwise) {
  const auto near = nearest(word, words);
  return near ? "did you mean " + std::string(*near) + "?" : std::string(otherwise);
}

}  // namespace podreg::core
