// What `podreg services` prints.
#pragma once

#include <string>
#include <vector>

#include "core/service_summary.h"
#include "core/warning.h"
#include "output/column_table.h"
#include "output/listing.h"

namespace podreg::output {

struct ServiceView {
  bool show_namespace = false;  // a column for the namespace
};

class ServiceListing : public Listing {
 public:
  // In the order given. `nothing_found` is the sentence for an empty list; empty: nothing is said.
  ServiceListing(std::vector<core::ServiceSummary> services, std::vector<core::Warning> warnings,
                 const ServiceView& view, std::string nothing_found);

  std::string_view kind() const override { return "ServiceList"; }
  std::size_t size() const override { return services_.size(); }
  std::vector<Column> columns() const override { return columns_of(columns_); }
  std::string cell(std::size_t item, std::size_t column, Detail detail) const override {
    return columns_[column].cell(services_[item], detail);
  }
  void write_item(std::size_t item, Emitter& emitter) const override;
  std::string name(std::size_t item) const override { return "service/" + services_[item].name; }
  std::string identity(std::size_t item) const override {
    return services_[item].ns + "/" + services_[item].name;
  }
  const std::vector<core::Warning>& warnings() const override { return warnings_; }
  std::string nothing_found() const override { return nothing_found_; }

 private:
  std::vector<core::ServiceSummary> services_;
  std::vector<core::Warning> warnings_;
  std::string nothing_found_;
  std::vector<ColumnOf<core::ServiceSummary>> columns_;
};

}  // namespace podreg::output
