// Which columns of a listing a table has.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "output/listing.h"
#include "output/table.h"

namespace podreg::output {

struct ShownColumns {
  std::vector<TableColumn> columns;
  std::vector<std::size_t> places;  // of each, among all columns of the listing
};

// Throws Error(usage) for a title, in any case, that none of the columns has, with those there are.
void check_titles(const std::vector<Column>& columns, const std::vector<std::string>& titles);

// Those that are named by their titles, in any case, in that order; when none is named, all but
// those that are for a wide table only. Throws Error(usage) for a title that there is not, with
// those that there are.
ShownColumns shown_columns(const Listing& listing, Detail detail,
                           const std::vector<std::string>& titles);

}  // namespace podreg::output
