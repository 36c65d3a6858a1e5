#include "output/kept_field_listing.h"

#include "output/cell_text.h"
#include "output/column_table.h"

namespace podreg::output {

namespace {

using core::KeptField;

std::string redacted(const KeptField& field) {
  return field.redacted.empty() ? "as it is" : std::string(field.redacted);
}

const std::vector<ColumnOf<KeptField>>& table() {
  static const std::vector<ColumnOf<KeptField>> columns = {
      {"KIND", [](const KeptField& field, Detail) { return std::string(field.kind); }},
      {"FIELD", [](const KeptField& field, Detail) { return std::string(field.field); }},
      {"WHY", [](const KeptField& field, Detail) { return std::string(field.why); }},
      {"WITH --redact", [](const KeptField& field, Detail) { return redacted(field); }},
  };
  return columns;
}

}  // namespace

std::vector<Column> KeptFieldListing::columns() const { return columns_of(table()); }

std::string KeptFieldListing::cell(std::size_t item, std::size_t column, Detail detail) const {
  return table()[column].cell(fields_[item], detail);
}

void KeptFieldListing::write_item(std::size_t item, Emitter& emitter) const {
  const KeptField& field = fields_[item];
  emitter.begin_object();
  emitter.field("kind", field.kind);
  emitter.field("field", field.field);
  emitter.field("why", field.why);
  emitter.field("redacted", redacted(field));
  emitter.end_object();
}

std::string KeptFieldListing::identity(std::size_t item) const {
  return std::string(fields_[item].kind) + "." + std::string(fields_[item].field);
}

}  // namespace podreg::output
