#include "output/url_listing.h"

#include <utility>

#include "output/cell_text.h"

namespace podreg::output {
namespace {

using core::DerivedUrl;

std::vector<ColumnOf<DerivedUrl>> columns_for(const UrlView& view) {
  std::vector<ColumnOf<DerivedUrl>> columns;
  if (view.show_namespace)
    columns.push_back({"NAMESPACE", [](const DerivedUrl& u, Detail) { return or_none(u.ns); }});
  columns.push_back({"INTERFACE", [](const DerivedUrl& u, Detail) { return u.interface; }});
  columns.push_back({"GROUP", [](const DerivedUrl& u, Detail) { return or_none(u.group); }});
  columns.push_back({"VERSION", [](const DerivedUrl& u, Detail) { return or_none(u.version); }});
  columns.push_back({"PROTOCOL", [](const DerivedUrl& u, Detail) { return u.url.protocol; }});
  columns.push_back({"ADDRESS", [](const DerivedUrl& u, Detail) {
                       return address_text(u.url.host, u.url.port);
                     }});
  columns.push_back({"POD", [](const DerivedUrl& u, Detail) { return or_none(u.pod); }});
  columns.push_back({"REVISION", [](const DerivedUrl& u, Detail detail) {
                       return revision_text(u.revision, detail);
                     }});
  columns.push_back(
      {"APPLICATION", [](const DerivedUrl& u, Detail) { return u.application; }, true});
  columns.push_back({"URL", [](const DerivedUrl& u, Detail) { return u.url.to_string(); }, true});
  return columns;
}

}  // namespace

UrlListing::UrlListing(std::vector<DerivedUrl> urls, std::vector<core::Warning> warnings,
                       const UrlView& view, std::string nothing_found)
    : urls_(std::move(urls)),
      warnings_(std::move(warnings)),
      nothing_found_(std::move(nothing_found)),
      columns_(columns_for(view)) {}

void UrlListing::write_item(std::size_t item, Emitter& emitter) const {
  const DerivedUrl& derived = urls_[item];
  emitter.begin_object();
  emitter.field("url", derived.url.to_string());
  emitter.field("protocol", derived.url.protocol);
  emitter.field("host", derived.url.host);
  emitter.field("port", derived.url.port);
  emitter.field("path", derived.url.path);
  emitter.field("interface", derived.interface);
  emitter.field("version", derived.version);
  emitter.field("group", derived.group);
  emitter.field("application", derived.application);
  emitter.field("revision", derived.revision);
  emitter.field("namespace", derived.ns);
  emitter.field("pod", derived.pod);
  emitter.key("params");
  emitter.begin_object();
  for (const auto& [key, value] : derived.url.params) emitter.field(key, value);
  emitter.end_object();
  emitter.end_object();
}

}  // namespace podreg::output
