// Which columns of a listing a table has.
#pragma once

#include <cstddef>
#include <vector>

#include "output/listing.h"
#include "output/table.h"

namespace podreg::output {

struct ShownColumns {
  std::vector<TableColumn> columns;
  std::vector<std::size_t> places;  // of each, among all columns of the listing
};

// Those that are for a wide table are left out of others.
ShownColumns shown_columns(const Listing& listing, Detail detail);

}  // namespace podreg::output
