// What `podreg mapping` prints.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "core/mapping.h"
#include "core/warning.h"
#include "output/column_table.h"
#include "output/listing.h"

namespace podreg::output {

struct MappingView {
  bool show_namespace = false;  // a column for the namespace
};

// An item is what one source says of an interface; a table has a row for each application.
class MappingListing : public Listing {
 public:
  // In the order given. `nothing_found` is the sentence for an empty list; empty: nothing is said.
  MappingListing(std::vector<core::Mapping> mappings, std::vector<core::Warning> warnings,
                 const MappingView& view, std::string nothing_found);

  std::string_view kind() const override { return "MappingList"; }
  std::size_t size() const override { return mappings_.size(); }
  std::size_t rows() const override { return rows_.size(); }
  std::size_t item_of(std::size_t row) const override {
    return static_cast<std::size_t>(rows_[row].mapping - mappings_.data());
  }
  std::vector<Column> columns() const override { return columns_of(columns_); }
  std::string cell(std::size_t row, std::size_t column, Detail detail) const override {
    return columns_[column].cell(rows_[row], detail);
  }
  void write_item(std::size_t item, Emitter& emitter) const override;
  std::string name(std::size_t item) const override {
    return "interface/" + mappings_[item].interface;
  }
  std::string identity(std::size_t item) const override { return mappings_[item].interface; }
  const std::vector<core::Warning>& warnings() const override { return warnings_; }
  std::string nothing_found() const override { return nothing_found_; }

  struct Row {
    const core::Mapping* mapping;
    const core::Provider* provider;
  };

 private:
  std::vector<core::Mapping> mappings_;
  std::vector<core::Warning> warnings_;
  std::string nothing_found_;
  std::vector<Row> rows_;
  std::vector<ColumnOf<Row>> columns_;
};

}  // namespace podreg::output
