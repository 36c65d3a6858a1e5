#include "k8s/object_writer.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>

#include "core/metadata.h"
#include "core/timestamp.h"
#include "k8s/json_capture.h"
#include "k8s/object_line.h"

namespace podreg::k8s {
namespace {

void begin(ObjectLine& line, std::string_view api_version, std::string_view kind) {
  line.always("apiVersion", api_version);
  line.always("kind", kind);
}

void name(ObjectLine& line, const auto& object) {
  line.always("name", object.name);
  line.always("namespace", object.ns);
}

void write_target(ObjectLine& line, const core::EndpointAddress& address) {
  line.field("nodeName", address.node);
  if (!address.pod) return;
  line.object("targetRef", [&] {
    line.always("kind", "Pod");
    line.always("name", *address.pod);
  });
}

void write_ports(ObjectLine& line, const std::vector<core::EndpointPort>& ports) {
  line.list("ports", ports, [&](const core::EndpointPort& port) {
    line.object([&] {
      line.field("name", port.name);
      line.number("port", port.port);
      line.always("protocol", port.protocol);
    });
  });
}

void write(ObjectLine& line, const core::EndpointSlice& slice) {
  begin(line, "discovery.k8s.io/v1", "EndpointSlice");
  line.object("metadata", [&] {
    name(line, slice);
    if (slice.service.empty()) return;
    line.labels("labels", {{"kubernetes.io/service-name", slice.service}});
  });
  line.field("addressType", slice.address_type);
  line.list("endpoints", slice.endpoints, [&](const core::SliceEndpoint& endpoint) {
    line.object([&] {
      std::vector<std::string> addresses;
      if (!endpoint.address.ip.empty()) addresses.push_back(endpoint.address.ip);
      line.list("addresses", addresses, [&](const std::string& ip) { line.text(ip); });
      line.object("conditions", [&] { line.boolean("ready", endpoint.ready); });
      write_target(line, endpoint.address);
    });
  });
  write_ports(line, slice.ports);
}

void write_addresses(ObjectLine& line, std::string_view key,
                     const std::vector<core::EndpointAddress>& addresses) {
  line.list(key, addresses, [&](const core::EndpointAddress& address) {
    line.object([&] {
      line.field("ip", address.ip);
      write_target(line, address);
    });
  });
}

void write(ObjectLine& line, const core::Endpoints& endpoints) {
  begin(line, "v1", "Endpoints");
  line.object("metadata", [&] {
    name(line, endpoints);
    if (!endpoints.truncated) return;
    line.labels("annotations", {{"endpoints.kubernetes.io/over-capacity", "truncated"}});
  });
  line.list("subsets", endpoints.subsets, [&](const core::EndpointSubset& subset) {
    line.object([&] {
      write_addresses(line, "addresses", subset.addresses);
      write_addresses(line, "notReadyAddresses", subset.not_ready_addresses);
      write_ports(line, subset.ports);
    });
  });
}

void write_target_port(ObjectLine& line, const std::string& port) {
  int number = 0;
  const auto* end = port.data() + port.size();
  const auto [last, error] = std::from_chars(port.data(), end, number);
  const bool is_number = error == std::errc{} && last == end && std::to_string(number) == port;
  is_number ? line.number("targetPort", number) : line.field("targetPort", port);
}

void write(ObjectLine& line, const core::Service& service) {
  begin(line, "v1", "Service");
  line.object("metadata", [&] { name(line, service); });
  line.object("spec", [&] {
    line.field("type", service.type);
    line.labels("selector", service.selector);
    line.list("ports", service.ports, [&](const core::ServicePort& port) {
      line.object([&] {
        line.field("name", port.name);
        line.always("protocol", port.protocol);
        if (port.port != 0) line.number("port", port.port);
        write_target_port(line, port.target_port);
      });
    });
    if (service.publish_not_ready) line.boolean("publishNotReadyAddresses", true);
    line.list("ipFamilies", service.ip_families, [&](const std::string& one) { line.text(one); });
  });
}

void write_metadata(ObjectLine& line, const core::PodObject& pod) {
  name(line, pod);
  line.field("resourceVersion", pod.resource_version);
  line.labels("labels", *pod.labels);
  core::Labels annotations;
  for (const auto& foreign : pod.foreign_annotations) annotations.emplace_back(foreign, "");
  if (pod.annotation) annotations.emplace_back(core::kRegistrationAnnotation, *pod.annotation);
  line.labels("annotations", annotations);
  if (pod.terminating) line.always("deletionTimestamp", pod.deletion_timestamp);
}

void write_container(ObjectLine& line, const core::Container& container) {
  line.always("name", container.name);
  line.list("ports", container.ports,
            [&](int port) { line.object([&] { line.number("containerPort", port); }); });
  std::vector<std::string> env;
  if (container.hostname) env.push_back(*container.hostname);
  line.list("env", env, [&](const std::string& hostname) {
    line.object([&] {
      line.always("name", "HOSTNAME");
      line.field("value", hostname);
    });
  });
  if (container.has_readiness_probe) line.object("readinessProbe", [] {});
}

void write_spec(ObjectLine& line, const core::PodObject& pod) {
  line.field("nodeName", pod.node);
  line.field("serviceAccountName", pod.service_account);
  if (pod.host_network) line.boolean("hostNetwork", true);
  line.field("hostname", pod.hostname);
  line.list("containers", pod.containers, [&](const core::Container& container) {
    line.object([&] { write_container(line, container); });
  });
}

bool has_status(const core::Container& container) {
  return container.ready || container.restarts != 0 || !container.state.empty();
}

void write_status(ObjectLine& line, const core::Container& container) {
  line.always("name", container.name);
  line.boolean("ready", container.ready);
  line.number("restartCount", container.restarts);
  if (container.state.empty()) return;
  line.object("state", [&] {
    line.object(container.state, [&] {
      line.field("reason", container.reason);
      if (!container.started) return;
      const core::Timestamp started{std::chrono::milliseconds(*container.started)};
      line.field("startedAt", core::format_timestamp(started).value_or(""));
    });
  });
}

std::vector<core::PodCondition> conditions_of(const core::PodObject& pod) {
  auto conditions = pod.conditions;
  if (pod.is_ready) conditions.insert(conditions.begin(), {"Ready", "True", "", ""});
  return conditions;
}

void write_status(ObjectLine& line, const core::PodObject& pod) {
  line.field("phase", pod.phase);
  line.list("podIPs", pod.addresses,
            [&](const std::string& ip) { line.object([&] { line.always("ip", ip); }); });
  line.list("conditions", conditions_of(pod), [&](const core::PodCondition& condition) {
    line.object([&] {
      line.always("type", condition.type);
      line.always("status", condition.status);
      line.field("reason", condition.reason);
      line.field("message", condition.message);
    });
  });
  auto with_status = pod.containers;
  std::erase_if(with_status, [](const auto& container) { return !has_status(container); });
  line.list("containerStatuses", with_status, [&](const core::Container& container) {
    line.object([&] { write_status(line, container); });
  });
}

void write(ObjectLine& line, const core::PodObject& pod) {
  begin(line, "v1", "Pod");
  line.object("metadata", [&] { write_metadata(line, pod); });
  line.object("spec", [&] { write_spec(line, pod); });
  line.object("status", [&] { write_status(line, pod); });
}

using MetadataByRevision = std::map<std::string, const core::MetadataInfo*>;

// Of several with the same revision the first one counts, as for whoever reads them.
MetadataByRevision by_revision(const std::vector<core::MetadataInfo>& infos) {
  MetadataByRevision result;
  for (const auto& info : infos) {
    result.emplace(info.revision.empty() ? info.compute_revision() : info.revision, &info);
  }
  return result;
}

void write(ObjectLine& line, const MetadataByRevision& metadata) {
  begin(line, "podreg/v1", "MetadataList");
  line.list("items", metadata, [&](const auto& item) {
    const core::MetadataInfo& info = *item.second;
    line.object([&] {
      line.always("app", info.app);
      line.always("revision", item.first);
      line.always("computedRevision", info.compute_revision());
      line.raw("services", info.services_to_json());
    });
  });
}

std::string beginning(const std::string& resource_version) {
  JsonCapture version;
  version.text(resource_version);
  return R"({"apiVersion":"v1","kind":"List","metadata":{"resourceVersion":)" + version.json() +
         R"(},"items":[)";
}

}  // namespace

void write_objects(const core::RegistryObjects& objects, core::TextSink& to) {
  ObjectLine line(to);
  bool first = true;
  const auto write_one = [&](const auto& object) {
    line.object([&] { write(line, object); });
    line.finish(first);
  };
  to.write(beginning(objects.resource_version));
  for (const auto& slice : objects.slices) write_one(slice);
  for (const auto& endpoints : objects.endpoints) write_one(endpoints);
  if (!objects.metadata.empty()) write_one(by_revision(objects.metadata));
  for (const auto& pod : objects.pods) write_one(pod);
  for (const auto& service : objects.services) write_one(service);
  to.write("\n]}\n");
}

}  // namespace podreg::k8s
