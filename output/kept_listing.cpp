#include "output/kept_listing.h"

#include <functional>

#include "core/error.h"
#include "output/list_document.h"
#include "output/text_keeper.h"

namespace podreg::output {

namespace {

// Without the end of its line.
std::string json_of(const std::function<void(Emitter&)>& write) {
  TextKeeper text;
  const auto json = make_json_emitter(text, JsonLayout::compact);
  write(*json);
  json->end_document();
  auto line = text.take();
  line.pop_back();
  return line;
}

std::string url_of(const Listing& listing, std::size_t item) {
  try {
    return listing.url(item);
  } catch (const core::Error& error) {
    if (error.kind() != core::ErrorKind::usage) throw;
    return {};
  }
}

}  // namespace

KeptListing::KeptListing(const Listing& listing)
    : kind(listing.kind()),
      columns(listing.columns()),
      warning_lines(listing.warning_lines()),
      report(listing.report()),
      nothing_found(listing.nothing_found()) {
  rows.reserve(listing.rows());
  for (std::size_t i = 0; i < listing.rows(); ++i) {
    Row& row = rows.emplace_back();
    row.item = listing.item_of(i);
    for (std::size_t column = 0; column < columns.size(); ++column) {
      row.cells.push_back(listing.cell(i, column, Detail::table));
      row.wide_cells.push_back(listing.cell(i, column, Detail::wide));
    }
  }
  items.reserve(listing.size());
  for (std::size_t i = 0; i < listing.size(); ++i) {
    items.push_back({json_of([&](Emitter& emitter) { listing.write_item(i, emitter); }),
                     listing.name(i), listing.identity(i), url_of(listing, i)});
  }
  for (const auto& warning : listing.warnings()) {
    warnings.push_back(json_of([&](Emitter& emitter) { write_warning(warning, emitter); }));
  }
  fields = json_of([&](Emitter& emitter) {
    emitter.begin_object();
    listing.write_fields(emitter);
    emitter.end_object();
  });
}

}  // namespace podreg::output
