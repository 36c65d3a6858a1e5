#include "output/service_listing.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <utility>

#include "output/cell_text.h"

namespace podreg::output {

namespace {

using core::ServiceSummary;

std::string revisions_text(const ServiceSummary& service, Detail detail) {
  std::vector<std::string> shown;
  for (const std::string& revision : service.revisions) {
    shown.push_back(revision_text(revision, detail));
  }
  return joined(shown);
}

// "20880/TCP,50051/TCP", as kubectl has it.
std::string ports_text(const ServiceSummary& service) {
  std::vector<std::string> shown;
  for (const core::ServicePort& port : service.ports) {
    shown.push_back(fmt::format("{}/{}", port.port, port.protocol));
  }
  return joined(shown);
}

std::vector<ColumnOf<ServiceSummary>> columns_for(const ServiceView& view) {
  std::vector<ColumnOf<ServiceSummary>> columns;
  if (view.show_namespace)
    columns.push_back({"NAMESPACE", [](const ServiceSummary& s, Detail) { return s.ns; }});
  columns.insert(
      columns.end(),
      {{"NAME", [](const ServiceSummary& s, Detail) { return s.name; }},
       {"TYPE", [](const ServiceSummary& s, Detail) { return or_none(s.type); }},
       {"READY", [](const ServiceSummary& s, Detail) { return std::to_string(s.ready_addresses); },
        false, true},
       {"INSTANCES", [](const ServiceSummary& s, Detail) { return std::to_string(s.instances); },
        false, true},
       {"REVISIONS",
        [](const ServiceSummary& s, Detail detail) { return revisions_text(s, detail); }},
       {"PROTOCOLS", [](const ServiceSummary& s, Detail) { return joined(s.protocols); }},
       {"PORTS", [](const ServiceSummary& s, Detail) { return ports_text(s); }, true},
       {"SELECTOR",
        [](const ServiceSummary& s, Detail) { return or_none(core::to_string(s.selector)); },
        true}});
  return columns;
}

void write_selector(const core::Labels& selector, Emitter& emitter) {
  emitter.begin_object();
  for (const auto& [key, value] : selector) emitter.field(key, value);
  emitter.end_object();
}

// A number or a name, as in Kubernetes' own objects.
void write_target_port(const std::string& port, Emitter& emitter) {
  std::int64_t number = 0;
  const char* const end = port.data() + port.size();
  const auto [stopped, error] = std::from_chars(port.data(), end, number);
  if (error == std::errc{} && stopped == end) {
    emitter.integer(number);
  } else {
    emitter.string(port);
  }
}

void write_port(const core::ServicePort& port, Emitter& emitter) {
  emitter.begin_object();
  emitter.field("name", port.name);
  emitter.field("port", port.port);
  emitter.field("protocol", port.protocol);
  emitter.key("targetPort");
  write_target_port(port.target_port, emitter);
  emitter.end_object();
}

}  // namespace

ServiceListing::ServiceListing(std::vector<ServiceSummary> services,
                               std::vector<core::Warning> warnings, const ServiceView& view,
                               std::string nothing_found)
    : services_(std::move(services)),
      warnings_(std::move(warnings)),
      nothing_found_(std::move(nothing_found)),
      columns_(columns_for(view)) {}

void ServiceListing::write_item(std::size_t item, Emitter& emitter) const {
  const ServiceSummary& service = services_[item];
  emitter.begin_object();
  emitter.field("name", service.name);
  emitter.field("namespace", service.ns);
  emitter.field("type", service.type);
  emitter.key("selector");
  write_selector(service.selector, emitter);
  emitter.key("ports");
  emitter.begin_array();
  for (const core::ServicePort& port : service.ports) write_port(port, emitter);
  emitter.end_array();
  emitter.field("readyAddresses", static_cast<std::int64_t>(service.ready_addresses));
  emitter.field("instances", static_cast<std::int64_t>(service.instances));
  emitter.field("revisions", service.revisions);
  emitter.field("protocols", service.protocols);
  emitter.end_object();
}

}  // namespace podreg::output
