// What `podreg invoke --count` prints: how calls of each instance went.
#pragma once

#include <string>
#include <vector>

#include "core/invocation.h"
#include "core/warning.h"
#include "output/column_table.h"
#include "output/listing.h"
#include "output/url_name.h"

namespace podreg::output {

class LoadListing : public Listing {
 public:
  // In the order given.
  LoadListing(std::vector<core::InvocationLoad> loads, std::vector<core::Warning> warnings);

  std::string_view kind() const override { return "InvocationLoadList"; }
  std::size_t size() const override { return loads_.size(); }
  std::vector<Column> columns() const override { return columns_of(columns_); }
  std::string cell(std::size_t row, std::size_t column, Detail detail) const override {
    return columns_[column].cell(loads_[row], detail);
  }
  void write_item(std::size_t item, Emitter& emitter) const override;
  std::string name(std::size_t item) const override { return name_of(loads_[item].url); }
  std::string identity(std::size_t item) const override { return identity_of(loads_[item].url); }
  std::string url(std::size_t item) const override { return loads_[item].url.url.to_string(); }
  const std::vector<core::Warning>& warnings() const override { return warnings_; }
  std::string nothing_found() const override { return {}; }

 private:
  std::vector<core::InvocationLoad> loads_;
  std::vector<core::Warning> warnings_;
  std::vector<ColumnOf<core::InvocationLoad>> columns_;
};

}  // namespace podreg::output
