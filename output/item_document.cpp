#include "output/item_document.h"

#include <string>

#include "core/json.h"
#include "output/list_document.h"
#include "output/text_keeper.h"

namespace podreg::output {

namespace {

core::JsonDocument parsed(const std::string& text) {
  core::JsonDocument document;
  document.Parse<rapidjson::kParseIterativeFlag>(text.data(), text.size());
  return document;
}

}  // namespace

core::JsonDocument item_document(const Listing& listing, std::size_t item) {
  TextKeeper text;
  const auto json = make_json_emitter(text, JsonLayout::compact);
  listing.write_item(item, *json);
  json->end_document();
  return parsed(text.take());
}

std::vector<std::string> item_fields(const Listing& listing) {
  std::vector<std::string> fields;
  if (listing.size() == 0) return fields;
  const auto item = item_document(listing, 0);
  if (!item.IsObject()) return fields;
  fields.reserve(item.MemberCount());
  for (const auto& [name, value] : item.GetObject()) {
    fields.emplace_back(name.GetString(), name.GetStringLength());
  }
  return fields;
}

core::JsonDocument list_document(const Listing& listing) {
  TextKeeper text;
  write_document(listing, *make_json_emitter(text, JsonLayout::compact));
  return parsed(text.take());
}

}  // namespace podreg::output
