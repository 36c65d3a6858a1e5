// What `podreg instances` prints.
#pragma once

#include <string>
#include <vector>

#include "core/instance.h"
#include "core/warning.h"
#include "output/column_table.h"
#include "output/listing.h"

namespace podreg::output {

struct InstanceView {
  bool show_namespace = false;  // a column for the namespace
  bool show_service = false;    // and for the Service
};

// One instance as the object of an InstanceList; also what `watch` prints.
void write_instance(const core::Instance& instance, Emitter& emitter);

class InstanceListing : public Listing {
 public:
  // In the order given. `nothing_found` is the sentence for an empty list; empty: nothing is said.
  InstanceListing(std::vector<core::Instance> instances, std::vector<core::Warning> warnings,
                  const InstanceView& view, std::string nothing_found);

  std::string_view kind() const override { return "InstanceList"; }
  std::size_t size() const override { return instances_.size(); }
  std::vector<Column> columns() const override { return columns_of(columns_); }
  std::string cell(std::size_t item, std::size_t column, Detail detail) const override {
    return columns_[column].cell(instances_[item], detail);
  }
  void write_item(std::size_t item, Emitter& emitter) const override {
    write_instance(instances_[item], emitter);
  }
  std::string name(std::size_t item) const override { return "pod/" + instances_[item].pod; }
  std::string identity(std::size_t item) const override {
    return instances_[item].ns + "/" + instances_[item].pod;
  }
  const std::vector<core::Warning>& warnings() const override { return warnings_; }
  std::string nothing_found() const override { return nothing_found_; }

 private:
  std::vector<core::Instance> instances_;
  std::vector<core::Warning> warnings_;
  std::string nothing_found_;
  std::vector<ColumnOf<core::Instance>> columns_;
};

}  // namespace podreg::output
