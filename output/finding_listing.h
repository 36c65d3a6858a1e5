// The findings of `podreg doctor`, and the catalogue of all there can be, as lists.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/diagnosis.h"
#include "output/column_table.h"
#include "output/listing.h"

namespace podreg::output {

class FindingListing : public Listing {
 public:
  explicit FindingListing(core::Diagnosis diagnosis) : diagnosis_(std::move(diagnosis)) {}

  std::string_view kind() const override { return "FindingList"; }
  std::size_t size() const override { return diagnosis_.findings.size(); }
  std::vector<Column> columns() const override;
  std::string cell(std::size_t row, std::size_t column, Detail detail) const override;
  void write_item(std::size_t item, Emitter& emitter) const override;
  void write_fields(Emitter& emitter) const override;  // the checks and the chains
  std::string name(std::size_t item) const override;
  std::string identity(std::size_t item) const override;
  std::optional<CheckReport> report() const override;
  const std::vector<core::Warning>& warnings() const override { return warnings_; }
  std::string nothing_found() const override { return "Nothing found."; }

 private:
  core::Diagnosis diagnosis_;
  std::vector<core::Warning> warnings_;
};

// `podreg doctor --list`.
class FindingKindListing : public Listing {
 public:
  FindingKindListing() : kinds_(core::finding_kinds()) {}
  explicit FindingKindListing(core::FindingCode only) : kinds_(&core::kind_of(only), 1) {}

  std::string_view kind() const override { return "FindingKindList"; }
  std::size_t size() const override { return kinds_.size(); }
  std::vector<Column> columns() const override;
  std::string cell(std::size_t row, std::size_t column, Detail detail) const override;
  void write_item(std::size_t item, Emitter& emitter) const override;
  std::string name(std::size_t item) const override;
  std::string identity(std::size_t item) const override { return name(item); }
  const std::vector<core::Warning>& warnings() const override { return warnings_; }
  std::string nothing_found() const override { return {}; }

 private:
  std::span<const core::FindingKind> kinds_;
  std::vector<core::Warning> warnings_;
};

// "fine", "warned", "not-checked": part of the JSON output.
std::string_view to_string(core::CheckState state);

}  // namespace podreg::output
