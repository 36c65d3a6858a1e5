// What `podreg probe` prints.
#pragma once

#include <string>
#include <vector>

#include "core/probe.h"
#include "core/warning.h"
#include "output/column_table.h"
#include "output/listing.h"
#include "output/url_name.h"

namespace podreg::output {

class ProbeListing : public Listing {
 public:
  // In the order given. With several probes of each URL there are columns for how many were lost
  // and how long they took.
  ProbeListing(std::vector<core::ProbeSeries> series, bool several,
               std::vector<core::Warning> warnings, std::string nothing_found);

  std::string_view kind() const override { return "ProbeList"; }
  std::size_t size() const override { return series_.size(); }
  std::vector<Column> columns() const override { return columns_of(columns_); }
  std::string cell(std::size_t row, std::size_t column, Detail detail) const override {
    return columns_[column].cell(series_[row], detail);
  }
  void write_item(std::size_t item, Emitter& emitter) const override;
  std::string name(std::size_t item) const override { return name_of(series_[item].url); }
  std::string identity(std::size_t item) const override { return identity_of(series_[item].url); }
  std::string url(std::size_t item) const override { return series_[item].url.url.to_string(); }
  std::optional<CheckReport> report() const override;
  const std::vector<core::Warning>& warnings() const override { return warnings_; }
  std::string nothing_found() const override { return nothing_found_; }

 private:
  std::vector<core::ProbeSeries> series_;
  bool several_;
  std::vector<core::Warning> warnings_;
  std::string nothing_found_;
  std::vector<ColumnOf<core::ProbeSeries>> columns_;
};

}  // namespace podreg::output
