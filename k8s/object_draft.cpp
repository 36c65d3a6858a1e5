#include "k8s/object_draft.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace podreg::k8s {
namespace {

constexpr std::string_view kList = "List";
constexpr std::string_view kServiceNameLabel = "kubernetes.io/service-name";

// Sorted by key, each key once: of two the later one, as JSON objects are read everywhere.
void normalize(core::Labels& labels) {
  const auto before = [](const auto& a, const auto& b) { return a.first < b.first; };
  const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
  std::reverse(labels.begin(), labels.end());
  std::stable_sort(labels.begin(), labels.end(), before);
  labels.erase(std::unique(labels.begin(), labels.end(), same), labels.end());
}

// A port without a number stands for all ports (discovery.k8s.io/v1): none that could be shown.
void drop_unnumbered(std::vector<core::EndpointPort>& ports) {
  std::erase_if(ports, [](const core::EndpointPort& port) { return port.port == 0; });
}

core::Service make_service(Draft&& draft) {
  normalize(draft.selector);
  return {.ns = std::move(draft.ns),
          .name = std::move(draft.name),
          .type = std::move(draft.service_type),
          .selector = std::move(draft.selector),
          .ports = std::move(draft.service_ports),
          .publish_not_ready = draft.publish_not_ready,
          .ip_families = std::move(draft.ip_families)};
}

core::Endpoints make_endpoints(Draft&& draft) {
  for (auto& subset : draft.subsets) drop_unnumbered(subset.ports);
  return {.ns = std::move(draft.ns),
          .name = std::move(draft.name),
          .subsets = std::move(draft.subsets),
          .truncated = draft.truncated};
}

core::EndpointSlice make_slice(Draft&& draft) {
  std::string service;
  for (auto& [key, value] : draft.labels) {
    if (key == kServiceNameLabel) service = std::move(value);
  }
  drop_unnumbered(draft.slice_ports);
  return {.ns = std::move(draft.ns),
          .name = std::move(draft.name),
          .service = std::move(service),
          .address_type = std::move(draft.address_type),
          .endpoints = std::move(draft.slice_endpoints),
          .ports = std::move(draft.slice_ports)};
}

core::Pod make_pod(Draft&& draft) {
  return {.ns = std::move(draft.ns),
          .name = std::move(draft.name),
          .resource_version = std::move(draft.resource_version),
          .labels = std::move(draft.labels),
          .phase = std::move(draft.phase),
          .terminating = draft.terminating,
          .has_annotations = draft.has_annotations,
          .annotation = std::move(draft.registration),
          .other_annotations_size = draft.other_annotations_size};
}

// What its status says of a container; nothing about one that the pod does not declare.
void join(std::vector<core::Container>& containers, const std::vector<core::Container>& statuses) {
  for (auto& container : containers) {
    container.ports.shrink_to_fit();
    const auto status = std::ranges::find(statuses, container.name, &core::Container::name);
    if (status == statuses.end()) continue;
    container.ready = status->ready;
    container.restarts = status->restarts;
    container.state = status->state;
    container.reason = status->reason;
    container.started = status->started;
  }
  containers.shrink_to_fit();
}

core::PodObject make_pod_object(Draft&& draft) {
  core::PodObject pod = std::move(draft.pod);
  pod.ns = std::move(draft.ns);
  pod.name = std::move(draft.name);
  pod.resource_version = std::move(draft.resource_version);
  pod.labels = std::make_shared<const core::Labels>(std::move(draft.labels));
  pod.annotation = std::move(draft.registration);
  if (pod.annotation) pod.annotation->shrink_to_fit();
  std::ranges::sort(pod.foreign_annotations);
  pod.terminating = draft.terminating;
  pod.phase = std::move(draft.phase);
  if (pod.addresses.empty() && !draft.pod_ip.empty()) {
    pod.addresses.push_back(std::move(draft.pod_ip));
  }
  pod.addresses.shrink_to_fit();
  for (const auto index : draft.named_after_pod) pod.containers[index].hostname = pod.name;
  join(pod.containers, draft.container_statuses);
  return pod;
}

void deliver_pod(Draft&& draft, const ObjectSink& sink) {
  normalize(draft.labels);
  if (sink.pod_object) return sink.pod_object(make_pod_object(std::move(draft)));
  if (sink.whole_pod) {
    const auto offset = draft.offset;
    return sink.whole_pod(make_pod(std::move(draft)), offset);
  }
  core::PodView pod;
  pod.ns = draft.ns;
  pod.name = draft.name;
  pod.labels = &draft.labels;
  pod.terminating = draft.terminating;
  if (draft.registration) pod.annotation = *draft.registration;
  sink.pod(pod);
}

}  // namespace

ObjectKind classify(std::string_view kind, std::string_view api_version) {
  if (kind.empty()) return ObjectKind::unknown;
  if (kind == "EndpointSlice") {
    const bool ours = api_version.empty() || api_version.starts_with("discovery.k8s.io/");
    return ours ? ObjectKind::endpoint_slice : ObjectKind::other;
  }
  if (!api_version.empty() && api_version != "v1") return ObjectKind::other;
  if (kind == "Pod") return ObjectKind::pod;
  if (kind == "Service") return ObjectKind::service;
  if (kind == "Endpoints") return ObjectKind::endpoints;
  return ObjectKind::other;
}

bool needs(ObjectKind kind, Field field, const ObjectSink& sink) {
  const auto is = [kind](ObjectKind wanted) {
    return kind == ObjectKind::unknown || kind == wanted;
  };
  if (is_pod_part(field)) return is(ObjectKind::pod) && sink.pod_object != nullptr;
  switch (field) {
    case Field::spec:
      return is(ObjectKind::service) || (is(ObjectKind::pod) && sink.pod_object != nullptr);
    case Field::subsets:
    case Field::over_capacity:
      return is(ObjectKind::endpoints);
    case Field::address_type:
    case Field::slice_endpoints:
    case Field::slice_ports:
      return is(ObjectKind::endpoint_slice);
    case Field::labels:
      return is(ObjectKind::pod) || kind == ObjectKind::endpoint_slice;
    case Field::registration:
    case Field::deletion_timestamp:
      return is(ObjectKind::pod);
    case Field::status:
      return is(ObjectKind::pod) && (sink.whole_pod != nullptr || sink.pod_object != nullptr);
    default:
      return true;
  }
}

bool Draft::is_list() const {
  return kind == kList || (has_items && std::string_view(kind).ends_with(kList));
}

std::string Draft::describe() const {
  if (kind.empty() || name.empty()) return kind;
  return ns.empty() ? kind + " " + name : kind + " " + ns + "/" + name;
}

void Draft::inherit(const Draft& list, const std::string& item_kind) {
  if (list.kind == "PartialObjectMetadataList") {
    kind = item_kind;
    return;
  }
  if (list.kind == kList || !std::string_view(list.kind).ends_with(kList)) return;
  kind = list.kind.substr(0, list.kind.size() - kList.size());
  if (api_version.empty()) api_version = list.api_version;
}

bool wants(const ObjectSink& sink, ObjectKind kind) {
  switch (kind) {
    case ObjectKind::unknown:
      return true;
    case ObjectKind::other:
      return false;
    case ObjectKind::service:
      return sink.service != nullptr;
    case ObjectKind::endpoints:
      return sink.endpoints != nullptr;
    case ObjectKind::endpoint_slice:
      return sink.endpoint_slice != nullptr;
    case ObjectKind::pod:
      return sink.pod != nullptr || sink.whole_pod != nullptr || sink.pod_object != nullptr;
  }
  return false;
}

void deliver(Draft&& draft, const ObjectSink& sink) {
  const auto kind = draft.object_kind();
  if (!wants(sink, kind)) return;
  switch (kind) {
    case ObjectKind::service:
      return sink.service(make_service(std::move(draft)));
    case ObjectKind::endpoints:
      return sink.endpoints(make_endpoints(std::move(draft)));
    case ObjectKind::endpoint_slice:
      return sink.endpoint_slice(make_slice(std::move(draft)));
    case ObjectKind::pod:
      return deliver_pod(std::move(draft), sink);
    case ObjectKind::unknown:
    case ObjectKind::other:
      return;
  }
}

}  // namespace podreg::k8s
