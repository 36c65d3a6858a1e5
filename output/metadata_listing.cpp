#include "output/metadata_listing.h"

#include <fmt/format.h>

#include <array>

#include "output/cell_text.h"

namespace podreg::output {
namespace {

using core::RevisionMetadata;
using core::ServiceInfo;

// Whether the MD5 is that of the revision; nothing is known of a revision that nobody told about.
std::string checked(const RevisionMetadata& revision) {
  if (!revision.info) return "<unknown>";
  return revision.computed_revision == revision.group.revision ? "yes" : "NO";
}

std::string params_text(const ServiceInfo& service) {
  std::vector<std::string> shown;
  for (const auto& [key, value] : service.params) shown.push_back(fmt::format("{}={}", key, value));
  return joined(shown);
}

}  // namespace

struct MetadataColumn {
  Column column;
  std::string (*of_revision)(const RevisionMetadata&, Detail);
  std::string (*of_service)(const ServiceInfo&);  // nullptr: the column is the revision's
};

namespace {

const MetadataColumn kNamespace = {
    {"NAMESPACE"}, [](const RevisionMetadata& r, Detail) { return r.group.ns; }, nullptr};
const MetadataColumn kApplication = {
    {"APPLICATION"},
    [](const RevisionMetadata& r, Detail) { return r.group.application; },
    nullptr};
const std::array kColumns = {
    MetadataColumn{
        {"REVISION"},
        [](const RevisionMetadata& r, Detail d) { return revision_text(r.group.revision, d); },
        nullptr},
    MetadataColumn{
        {"INSTANCES", false, true},
        [](const RevisionMetadata& r, Detail) { return std::to_string(r.group.instances.size()); },
        nullptr},
    MetadataColumn{
        {"VERIFIED"}, [](const RevisionMetadata& r, Detail) { return checked(r); }, nullptr},
    MetadataColumn{{"INTERFACE"}, nullptr, [](const ServiceInfo& s) { return s.name; }},
    MetadataColumn{{"GROUP"}, nullptr, [](const ServiceInfo& s) { return or_none(s.group); }},
    MetadataColumn{{"VERSION"}, nullptr, [](const ServiceInfo& s) { return or_none(s.version); }},
    MetadataColumn{{"PROTOCOL"}, nullptr, [](const ServiceInfo& s) { return or_none(s.protocol); }},
    MetadataColumn{{"PORT", false, true},
                   nullptr,
                   [](const ServiceInfo& s) {
                     return s.port > 0 ? std::to_string(s.port) : std::string(kNone);
                   }},
    MetadataColumn{{"SOURCE", true},
                   [](const RevisionMetadata& r, Detail) { return or_none(r.source); },
                   nullptr},
    MetadataColumn{{"COMPUTED", true},
                   [](const RevisionMetadata& r, Detail) { return or_none(r.computed_revision); },
                   nullptr},
    MetadataColumn{{"PARAMETERS", true}, nullptr, &params_text},
};

// As fastjson2 writes a ServiceInfo: fields by name, without those that are null.
void write_service(const ServiceInfo& service, Emitter& emitter) {
  emitter.begin_object();
  if (!service.group.empty()) emitter.field("group", service.group);
  emitter.field("name", service.name);
  emitter.key("params");
  emitter.begin_object();
  for (const auto& [key, value] : service.params) emitter.field(key, value);
  emitter.end_object();
  if (service.path) emitter.field("path", *service.path);
  emitter.field("port", service.port);
  emitter.field("protocol", service.protocol);
  if (!service.version.empty()) emitter.field("version", service.version);
  emitter.end_object();
}

void write_instance(const core::Instance& instance, Emitter& emitter) {
  emitter.begin_object();
  emitter.field("host", instance.host);
  emitter.field("port", instance.port);
  emitter.field("pod", instance.pod);
  emitter.end_object();
}

}  // namespace

MetadataListing::MetadataListing(core::MetadataGathering metadata, const MetadataView& view,
                                 std::string nothing_found)
    : metadata_(std::move(metadata)), nothing_found_(std::move(nothing_found)) {
  if (view.show_namespace) shown_.push_back(&kNamespace);
  if (view.show_application) shown_.push_back(&kApplication);
  for (const auto& column : kColumns) shown_.push_back(&column);
  for (const auto& revision : metadata_.revisions) {
    if (!revision.info || revision.info->services.empty()) {
      rows_.emplace_back(&revision, nullptr);
      continue;
    }
    for (const auto& [key, service] : revision.info->services) {
      rows_.emplace_back(&revision, &service);
    }
  }
}

std::vector<Column> MetadataListing::columns() const {
  std::vector<Column> columns;
  columns.reserve(shown_.size());
  for (const auto* shown : shown_) columns.push_back(shown->column);
  return columns;
}

std::string MetadataListing::cell(std::size_t row, std::size_t column, Detail detail) const {
  const auto& [revision, service] = rows_[row];
  const auto& shown = *shown_[column];
  if (shown.of_revision != nullptr) return shown.of_revision(*revision, detail);
  return service == nullptr ? std::string(kNone) : shown.of_service(*service);
}

void MetadataListing::write_item(std::size_t item, Emitter& emitter) const {
  const RevisionMetadata& revision = metadata_.revisions[item];
  emitter.begin_object();
  emitter.field("application", revision.group.application);
  emitter.field("namespace", revision.group.ns);
  emitter.field("app", revision.info ? revision.info->app : revision.group.application);
  emitter.field("revision", revision.group.revision);
  emitter.field("computedRevision", revision.computed_revision);
  emitter.key("services");
  emitter.begin_object();
  if (revision.info) {
    for (const auto& [key, service] : revision.info->services) {
      emitter.key(key);
      write_service(service, emitter);
    }
  }
  emitter.end_object();
  emitter.key("instances");
  emitter.begin_array();
  for (const auto& instance : revision.group.instances) write_instance(instance, emitter);
  emitter.end_array();
  emitter.field("source", revision.source);
  emitter.end_object();
}

}  // namespace podreg::output
