// What `podreg snapshot --explain` prints.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/kept_field.h"
#include "output/listing.h"

namespace podreg::output {

class KeptFieldListing : public Listing {
 public:
  // The fields must outlive it.
  explicit KeptFieldListing(std::span<const core::KeptField> fields) : fields_(fields) {}

  std::string_view kind() const override { return "KeptFieldList"; }
  std::size_t size() const override { return fields_.size(); }
  std::vector<Column> columns() const override;
  std::string cell(std::size_t item, std::size_t column, Detail detail) const override;

  // {kind, field, why, redacted}
  void write_item(std::size_t item, Emitter& emitter) const override;

  std::string name(std::size_t item) const override { return "field/" + identity(item); }
  std::string identity(std::size_t item) const override;
  const std::vector<core::Warning>& warnings() const override { return warnings_; }
  std::string nothing_found() const override { return {}; }

 private:
  std::span<const core::KeptField> fields_;
  std::vector<core::Warning> warnings_;  // none
};

}  // namespace podreg::output
