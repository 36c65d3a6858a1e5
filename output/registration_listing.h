// What `podreg register`, `update` and `unregister` print.
#pragma once

#include <string>
#include <vector>

#include "core/registrar.h"
#include "core/warning.h"
#include "output/column_table.h"
#include "output/listing.h"

namespace podreg::output {

class RegistrationListing : public Listing {
 public:
  // In the order given; the warnings of all results, and `more` before them.
  RegistrationListing(std::vector<core::RegistrationResult> results,
                      std::vector<core::Warning> more, std::string nothing_found);

  std::string_view kind() const override { return "RegistrationList"; }
  std::size_t size() const override { return results_.size(); }
  std::vector<Column> columns() const override;
  std::string cell(std::size_t item, std::size_t column, Detail detail) const override;
  void write_item(std::size_t item, Emitter& emitter) const override;
  std::string name(std::size_t item) const override { return "pod/" + results_[item].pod; }
  std::string identity(std::size_t item) const override {
    return results_[item].ns + "/" + results_[item].pod;
  }
  const std::vector<core::Warning>& warnings() const override { return warnings_; }
  std::string nothing_found() const override { return nothing_found_; }

 private:
  std::vector<core::RegistrationResult> results_;
  std::vector<core::Warning> warnings_;
  std::string nothing_found_;
};

}  // namespace podreg::output
