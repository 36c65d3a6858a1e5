// Columns declared in one place: title and cell together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "output/listing.h"

namespace podreg::output {

template <typename Item>
struct ColumnOf {
  std::string_view title;
  std::string (*cell)(const Item& item, Detail detail);
  bool only_wide = false;
  bool right_aligned = false;
};

template <typename Item>
std::vector<Column> columns_of(const std::vector<ColumnOf<Item>>& table) {
  std::vector<Column> columns;
  columns.reserve(table.size());
  for (const auto& column : table) {
    columns.push_back({std::string(column.title), column.only_wide, column.right_aligned});
  }
  return columns;
}

}  // namespace podreg::output
