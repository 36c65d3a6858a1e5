#include "output/sorted_listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/error.h"
#include "core/json.h"
#include "output/check_report.h"
#include "output/item_document.h"
#include "output/natural_order.h"

namespace podreg::output {

namespace {

struct Key {
  bool found = false;
  double number = 0;
  bool is_number = false;
  std::string text;
};

Key key_of(const core::JsonDocument& item, const JsonPath& path) {
  const auto results = path.find_first(item);
  if (!results) return {};
  Key key{.found = true, .text = results->text};
  if (results->number) {
    key.is_number = true;
    key.number = *results->number;
  }
  return key;
}

bool less(const Key& a, const Key& b) {
  if (a.found != b.found) return b.found;
  if (a.is_number && b.is_number) return a.number < b.number;
  return is_naturally_less(a.text, b.text);
}

[[noreturn]] void refuse(const JsonPath& path) {
  throw core::Error(core::ErrorKind::usage,
                    fmt::format("--sort-by: none of the items has {}", path.source()),
                    "-o json shows what they have");
}

}  // namespace

std::optional<CheckReport> SortedListing::report() const { return listing_.report(); }

SortedListing::SortedListing(const Listing& listing, const JsonPath& path)
    : listing_(listing), items_(listing.size()), place_(listing.size()), rows_(listing.rows()) {
  std::vector<Key> keys;
  keys.reserve(items_.size());
  for (std::size_t i = 0; i < items_.size(); ++i) {
    keys.push_back(key_of(item_document(listing, i), path));
  }
  if (!keys.empty() && std::ranges::none_of(keys, &Key::found)) refuse(path);
  std::iota(items_.begin(), items_.end(), std::size_t{0});
  std::ranges::stable_sort(items_, [&](auto a, auto b) { return less(keys[a], keys[b]); });
  for (std::size_t i = 0; i < items_.size(); ++i) place_[items_[i]] = i;
  std::iota(rows_.begin(), rows_.end(), std::size_t{0});
  std::ranges::stable_sort(rows_, {}, [&](auto row) { return place_[listing.item_of(row)]; });
}

}  // namespace podreg::output
