// What `podreg invoke --all` prints: a result of each instance.
#pragma once

#include <string>
#include <vector>

#include "core/invocation.h"
#include "core/warning.h"
#include "output/column_table.h"
#include "output/listing.h"
#include "output/url_name.h"

namespace podreg::output {

class InvocationListing : public Listing {
 public:
  // In the order given.
  InvocationListing(std::vector<core::Invocation> invocations, std::vector<core::Warning> warnings);

  std::string_view kind() const override { return "InvocationList"; }
  std::size_t size() const override { return invocations_.size(); }
  std::vector<Column> columns() const override { return columns_of(columns_); }
  std::string cell(std::size_t row, std::size_t column, Detail detail) const override {
    return columns_[column].cell(invocations_[row], detail);
  }
  void write_item(std::size_t item, Emitter& emitter) const override;
  std::string name(std::size_t item) const override { return name_of(invocations_[item].url); }
  std::string identity(std::size_t item) const override {
    return identity_of(invocations_[item].url);
  }
  std::string url(std::size_t item) const override {
    return invocations_[item].url.url.to_string();
  }
  const std::vector<core::Warning>& warnings() const override { return warnings_; }
  std::string nothing_found() const override { return {}; }

 private:
  std::vector<core::Invocation> invocations_;
  std::vector<core::Warning> warnings_;
  std::vector<ColumnOf<core::Invocation>> columns_;
};

}  // namespace podreg::output
