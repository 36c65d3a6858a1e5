#include "output/instance_listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "output/cell_text.h"

namespace podreg::output {

namespace {

using core::Instance;

// In the order of `dubbo.endpoints`, each once.
std::vector<std::string> protocols_of(const Instance& instance) {
  std::vector<std::string> protocols;
  for (const core::ExportedEndpoint& endpoint : instance.metadata->endpoints()) {
    if (std::ranges::find(protocols, endpoint.protocol) == protocols.end()) {
      protocols.push_back(endpoint.protocol);
    }
  }
  return protocols;
}

// "dubbo:20880", where this instance's MetadataService answers.
std::string metadata_service(const Instance& instance) {
  const auto params = instance.metadata->find(core::kMetadataServiceParamsKey);
  if (!params) return std::string(kNone);
  try {
    const auto read = core::Metadata::parse(*params);
    const auto protocol = read.find("protocol");
    const auto port = read.find("port");
    if (protocol && port) return fmt::format("{}:{}", *protocol, *port);
  } catch (const core::Error&) {  // said below
  }
  return std::string(kInvalid);
}

std::string registered_at(const Instance& instance) {
  return time_text(instance.metadata->find(core::kTimestampKey).value_or(std::string_view{}));
}

std::vector<ColumnOf<Instance>> columns_for(const InstanceView& view) {
  std::vector<ColumnOf<Instance>> columns;
  if (view.show_namespace)
    columns.push_back({"NAMESPACE", [](const Instance& i, Detail) { return i.ns; }});
  if (view.show_service)
    columns.push_back({"SERVICE", [](const Instance& i, Detail) { return i.service_name; }});
  columns.push_back(
      {"ADDRESS", [](const Instance& i, Detail) { return address_text(i.host, i.port); }});
  columns.push_back({"POD", [](const Instance& i, Detail) { return or_none(i.pod); }});
  columns.push_back({"REVISION", [](const Instance& i, Detail detail) {
                       return revision_text(i.metadata->revision(), detail);
                     }});
  columns.push_back(
      {"PROTOCOLS", [](const Instance& i, Detail) { return joined(protocols_of(i)); }});
  columns.push_back({"NODE", [](const Instance& i, Detail) { return or_none(i.node); }, true});
  columns.push_back(
      {"REGISTERED", [](const Instance& i, Detail) { return registered_at(i); }, true});
  columns.push_back(
      {"METADATA-SERVICE", [](const Instance& i, Detail) { return metadata_service(i); }, true});
  return columns;
}

void write_metadata(const core::Metadata& metadata, Emitter& emitter) {
  emitter.begin_object();
  for (std::size_t i = 0; i < metadata.size(); ++i) {
    const core::Metadata::Entry entry = metadata.entry(i);
    emitter.key(entry.key);
    if (entry.is_text) {
      emitter.string(entry.value);
    } else {
      emitter.raw_json(entry.value);
    }
  }
  emitter.end_object();
}

}  // namespace

void write_instance(const Instance& instance, Emitter& emitter) {
  emitter.begin_object();
  emitter.field("serviceName", instance.service_name);
  emitter.field("namespace", instance.ns);
  emitter.field("host", instance.host);
  emitter.field("port", instance.port);
  emitter.field("pod", instance.pod);
  emitter.field("node", instance.node);
  emitter.field("revision", instance.metadata->revision());
  emitter.field("protocols", protocols_of(instance));
  emitter.key("metadata");
  write_metadata(*instance.metadata, emitter);
  emitter.end_object();
}

InstanceListing::InstanceListing(std::vector<Instance> instances,
                                 std::vector<core::Warning> warnings, const InstanceView& view,
                                 std::string nothing_found)
    : instances_(std::move(instances)),
      warnings_(std::move(warnings)),
      nothing_found_(std::move(nothing_found)),
      columns_(columns_for(view)) {}

}  // namespace podreg::output
