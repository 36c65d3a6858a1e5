// A listing that outlives what it was made of: one of several that become one list.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "output/check_report.h"
#include "output/listing.h"

namespace podreg::output {

// A row as its cells in both details, a document as the text of its JSON.
struct KeptListing {
  struct Row {
    std::size_t item = 0;
    std::vector<std::string> cells;
    std::vector<std::string> wide_cells;
  };
  struct Item {
    std::string json;
    std::string name;
    std::string identity;
    std::string url;  // empty: items of this kind have none
  };

  // Throws what the listing's functions throw.
  explicit KeptListing(const Listing& listing);

  std::string kind;
  std::vector<Column> columns;
  std::vector<Row> rows;
  std::vector<Item> items;
  std::vector<std::string> warnings;       // JSON
  std::vector<std::string> warning_lines;  // for people
  std::string fields;                      // JSON, an object of what write_fields() writes
  std::optional<CheckReport> report;
  std::string nothing_found;
};

}  // namespace podreg::output
