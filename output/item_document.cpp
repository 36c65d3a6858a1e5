#include "output/item_document.h"

#include <string>

#include "output/list_document.h"

namespace podreg::output {

namespace {

class Keeper final : public core::TextSink {
 public:
  void write(std::string_view text) override { text_.append(text); }
  void flush() override {}
  rapidjson::Document parsed() const {
    rapidjson::Document document;
    document.Parse<rapidjson::kParseIterativeFlag>(text_.data(), text_.size());
    return document;
  }

 private:
  std::string text_;
};

}  // namespace

rapidjson::Document item_document(const Listing& listing, std::size_t item) {
  Keeper keeper;
  const auto json = make_json_emitter(keeper, JsonLayout::compact);
  listing.write_item(item, *json);
  json->end_document();
  return keeper.parsed();
}

rapidjson::Document list_document(const Listing& listing) {
  Keeper keeper;
  write_document(listing, *make_json_emitter(keeper, JsonLayout::compact));
  return keeper.parsed();
}

}  // namespace podreg::output
