#include "output/shown_columns.h"

namespace podreg::output {

ShownColumns shown_columns(const Listing& listing, Detail detail) {
  ShownColumns shown;
  const std::vector<Column> all = listing.columns();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].only_wide && detail != Detail::wide) continue;
    shown.columns.push_back({all[i].title, all[i].right_aligned});
    shown.places.push_back(i);
  }
  return shown;
}

}  // namespace podreg::output
