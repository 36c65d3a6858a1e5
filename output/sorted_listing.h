// The same list in another order: --sort-by.
#pragma once

#include <vector>

#include "output/jsonpath.h"
#include "output/listing.h"

namespace podreg::output {

class SortedListing : public Listing {
 public:
  // By what the path finds in each item, as kubectl sorts: numbers by size, texts in natural order,
  // those in which it finds nothing first; otherwise as they were. `listing` must outlive it.
  // Throws what JsonPath throws, and Error(usage) when it finds something in none of the items.
  SortedListing(const Listing& listing, const JsonPath& path);

  std::string_view kind() const override { return listing_.kind(); }
  std::size_t size() const override { return listing_.size(); }
  std::size_t rows() const override { return rows_.size(); }
  std::size_t item_of(std::size_t row) const override {
    return place_[listing_.item_of(rows_[row])];
  }
  std::vector<Column> columns() const override { return listing_.columns(); }
  std::string cell(std::size_t row, std::size_t column, Detail detail) const override {
    return listing_.cell(rows_[row], column, detail);
  }
  void write_item(std::size_t item, Emitter& emitter) const override {
    listing_.write_item(items_[item], emitter);
  }
  void write_fields(Emitter& emitter) const override { listing_.write_fields(emitter); }
  std::optional<CheckReport> report() const override;
  std::string name(std::size_t item) const override { return listing_.name(items_[item]); }
  std::string identity(std::size_t item) const override { return listing_.identity(items_[item]); }
  std::string url(std::size_t item) const override { return listing_.url(items_[item]); }
  const std::vector<core::Warning>& warnings() const override { return listing_.warnings(); }
  std::vector<std::string> warning_lines() const override { return listing_.warning_lines(); }
  void write_warnings(Emitter& emitter) const override { listing_.write_warnings(emitter); }
  std::string nothing_found() const override { return listing_.nothing_found(); }

 private:
  const Listing& listing_;
  std::vector<std::size_t> items_;  // of the listing, in the new order
  std::vector<std::size_t> place_;  // of each of its items in items_
  std::vector<std::size_t> rows_;   // of the listing, in the new order
};

}  // namespace podreg::output
