// What `podreg config view` prints.
#pragma once

#include <string>
#include <vector>

#include "core/setting.h"
#include "output/listing.h"

namespace podreg::output {

class SettingListing : public Listing {
 public:
  SettingListing(std::vector<core::Setting> settings, std::string nothing_found);

  std::string_view kind() const override { return "SettingList"; }
  std::size_t size() const override { return settings_.size(); }
  std::vector<Column> columns() const override;
  std::string cell(std::size_t item, std::size_t column, Detail detail) const override;

  // {setting, value, source}, and sha256 and error when there are.
  void write_item(std::size_t item, Emitter& emitter) const override;

  std::string name(std::size_t item) const override { return "setting/" + settings_[item].name; }
  std::string identity(std::size_t item) const override { return settings_[item].name; }
  const std::vector<core::Warning>& warnings() const override { return warnings_; }
  std::string nothing_found() const override { return nothing_found_; }

 private:
  std::vector<core::Setting> settings_;
  std::string nothing_found_;
  std::vector<core::Warning> warnings_;  // none
};

}  // namespace podreg::output
