#include "output/mapping_listing.h"

#include "output/cell_text.h"

namespace podreg::output {
namespace {

using core::Provider;
using Row = MappingListing::Row;

// Nobody could tell what the application provides.
constexpr std::string_view kUnknown = "<unknown>";

// A service without version or group has an empty one, which among others is `<none>`, too.
std::string values_text(const Provider& provider, const std::vector<std::string>& values) {
  if (!provider.known) return std::string(kUnknown);
  std::vector<std::string> shown;
  shown.reserve(values.size());
  for (const auto& value : values) shown.push_back(or_none(value));
  return joined(shown);
}

std::string revisions_text(const Provider& provider) {
  if (!provider.known) return std::string(kUnknown);
  return joined(provider.revisions);
}

std::vector<ColumnOf<Row>> columns_for(const MappingView& view) {
  std::vector<ColumnOf<Row>> columns;
  columns.push_back({"INTERFACE", [](const Row& r, Detail) { return r.mapping->interface; }});
  if (view.show_namespace)
    columns.push_back({"NAMESPACE", [](const Row& r, Detail) { return or_none(r.provider->ns); }});
  columns.insert(
      columns.end(),
      {{"APPLICATION", [](const Row& r, Detail) { return r.provider->application; }},
       {"VERSIONS",
        [](const Row& r, Detail) { return values_text(*r.provider, r.provider->versions); }},
       {"GROUPS",
        [](const Row& r, Detail) { return values_text(*r.provider, r.provider->groups); }},
       {"PROTOCOLS",
        [](const Row& r, Detail) { return values_text(*r.provider, r.provider->protocols); }},
       {"SOURCE", [](const Row& r, Detail) { return std::string(to_string(r.mapping->source)); }},
       {"REVISIONS", [](const Row& r, Detail) { return revisions_text(*r.provider); }, true}});
  return columns;
}

void write_provider(const Provider& provider, Emitter& emitter) {
  emitter.begin_object();
  emitter.field("application", provider.application);
  emitter.field("namespace", provider.ns);
  emitter.key("known");
  emitter.boolean(provider.known);
  emitter.field("versions", provider.versions);
  emitter.field("groups", provider.groups);
  emitter.field("protocols", provider.protocols);
  emitter.field("revisions", provider.revisions);
  emitter.end_object();
}

}  // namespace

MappingListing::MappingListing(std::vector<core::Mapping> mappings,
                               std::vector<core::Warning> warnings, const MappingView& view,
                               std::string nothing_found)
    : mappings_(std::move(mappings)),
      warnings_(std::move(warnings)),
      nothing_found_(std::move(nothing_found)),
      columns_(columns_for(view)) {
  for (const auto& mapping : mappings_) {
    for (const auto& provider : mapping.providers) rows_.push_back({&mapping, &provider});
  }
}

void MappingListing::write_item(std::size_t item, Emitter& emitter) const {
  const auto& mapping = mappings_[item];
  emitter.begin_object();
  emitter.field("interface", mapping.interface);
  emitter.field("applications", mapping.applications());
  emitter.field("source", to_string(mapping.source));
  emitter.key("providers");
  emitter.begin_array();
  for (const auto& provider : mapping.providers) write_provider(provider, emitter);
  emitter.end_array();
  emitter.end_object();
}

}  // namespace podreg::output
