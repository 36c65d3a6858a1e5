#include "output/shown_columns.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>

#include "core/ascii.h"
#include "core/error.h"
#include "core/nearest.h"

namespace podreg::output {

namespace {

[[noreturn]] void refuse(const std::string& title, const std::vector<Column>& all) {
  std::vector<std::string_view> titles;
  for (const auto& column : all) titles.push_back(column.title);
  throw core::Error(core::ErrorKind::usage,
                    fmt::format("--columns: there is no column \"{}\"; there are {}", title,
                                fmt::join(titles, ", ")),
                    core::did_you_mean(title, titles));
}

void add(const std::vector<Column>& all, std::size_t place, ShownColumns& shown) {
  shown.columns.push_back({all[place].title, all[place].right_aligned});
  shown.places.push_back(place);
}

std::vector<Column>::const_iterator find_title(const std::vector<Column>& columns,
                                               const std::string& title) {
  return std::ranges::find_if(columns, [&](const Column& column) {
    return core::equal_ignoring_case(column.title, title);
  });
}

}  // namespace

void check_titles(const std::vector<Column>& columns, const std::vector<std::string>& titles) {
  for (const auto& title : titles) {
    if (find_title(columns, title) == columns.end()) refuse(title, columns);
  }
}

ShownColumns shown_columns(const Listing& listing, Detail detail,
                           const std::vector<std::string>& titles) {
  ShownColumns shown;
  const std::vector<Column> all = listing.columns();
  for (const auto& title : titles) {
    const auto found = find_title(all, title);
    if (found == all.end()) refuse(title, all);
    add(all, static_cast<std::size_t>(found - all.begin()), shown);
  }
  for (std::size_t i = 0; titles.empty() && i < all.size(); ++i) {
    if (!all[i].only_wide || detail == Detail::wide) add(all, i, shown);
  }
  return shown;
}

}  // namespace podreg::output
