#include "output/setting_listing.h"

#include <utility>

#include "output/cell_text.h"
#include "output/column_table.h"

namespace podreg::output {

namespace {

using core::Setting;

const std::vector<ColumnOf<Setting>>& table() {
  static const std::vector<ColumnOf<Setting>> columns = {
      {"SETTING", [](const Setting& setting, Detail) { return setting.name; }},
      {"VALUE", [](const Setting& setting, Detail) { return setting.value; }},
      {"SOURCE", [](const Setting& setting, Detail) { return setting.source; }},
      {"SHA256", [](const Setting& setting, Detail) { return or_none(setting.sha256); },
       /*only_wide=*/true},
  };
  return columns;
}

}  // namespace

SettingListing::SettingListing(std::vector<core::Setting> settings, std::string nothing_found)
    : settings_(std::move(settings)), nothing_found_(std::move(nothing_found)) {}

std::vector<Column> SettingListing::columns() const { return columns_of(table()); }

std::string SettingListing::cell(std::size_t item, std::size_t column, Detail detail) const {
  return table()[column].cell(settings_[item], detail);
}

void SettingListing::write_item(std::size_t item, Emitter& emitter) const {
  const Setting& setting = settings_[item];
  emitter.begin_object();
  emitter.field("setting", setting.name);
  emitter.field("value", setting.value);
  emitter.field("source", setting.source);
  if (!setting.sha256.empty()) emitter.field("sha256", setting.sha256);
  if (!setting.error.empty()) emitter.field("error", setting.error);
  emitter.end_object();
}

}  // namespace podreg::output
