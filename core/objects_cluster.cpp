#include "core/objects_cluster.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "core/error.h"

namespace podreg::core {
namespace {

using Key = std::pair<std::string, std::string>;

bool is_asked_for(const ServiceQuery& query, const std::string& ns, const std::string& name) {
  return (!query.ns || *query.ns == ns) && (!query.name || *query.name == name);
}

std::map<Key, Endpoints> merged_slices(const std::vector<EndpointSlice>& slices,
                                       const ServiceQuery& query) {
  std::map<Key, std::vector<const EndpointSlice*>> by_service;
  for (const auto& slice : slices) {
    if (slice.service.empty() || !is_asked_for(query, slice.ns, slice.service)) continue;
    by_service[{slice.ns, slice.service}].push_back(&slice);
  }
  std::map<Key, Endpoints> merged;
  for (const auto& [key, its_slices] : by_service) merged.emplace(key, merge(its_slices));
  return merged;
}

}  // namespace

std::vector<ServiceState> ObjectsCluster::services(const ServiceQuery& query) {
  std::map<Key, ServiceState> states;
  const auto state_of = [&](const std::string& ns, const std::string& name) -> ServiceState& {
    auto& state = states[{ns, name}];
    state.ns = ns;
    state.name = name;
    state.source = query.source;
    return state;
  };
  for (const auto& service : objects_.services) {
    if (!is_asked_for(query, service.ns, service.name)) continue;
    state_of(service.ns, service.name).service = service;
  }
  if (query.source == EndpointSource::endpointslices) {
    for (auto& [key, endpoints] : merged_slices(objects_.slices, query)) {
      state_of(key.first, key.second).endpoints = std::move(endpoints);
    }
  } else {
    for (const auto& endpoints : objects_.endpoints) {
      if (!is_asked_for(query, endpoints.ns, endpoints.name)) continue;
      state_of(endpoints.ns, endpoints.name).endpoints = endpoints;
    }
  }
  std::vector<ServiceState> result;
  result.reserve(states.size());
  for (auto& [key, state] : states) result.push_back(std::move(state));
  return result;
}

void ObjectsCluster::pods(const PodQuery& query, const PodSink& sink) {
  for (const auto& pod : objects_.pods) {
    if (query.ns && *query.ns != pod.ns) continue;
    if (!matches(query.selector, *pod.labels)) continue;
    PodView view{pod.ns, pod.name, {}, query.with_labels ? pod.labels.get() : nullptr};
    if (pod.annotation) view.annotation = *pod.annotation;
    view.terminating = pod.terminating;
    sink(view);
  }
}

std::optional<Pod> ObjectsCluster::pod(const std::string& ns, const std::string& name) {
  const auto key = [](const PodObject& pod) { return std::tie(pod.ns, pod.name); };
  const auto found = std::ranges::lower_bound(objects_.pods, std::tie(ns, name), {}, key);
  if (found == objects_.pods.end() || key(*found) != std::tie(ns, name)) return std::nullopt;
  Pod pod;
  pod.ns = ns;
  pod.name = name;
  pod.resource_version = found->resource_version;
  pod.labels = *found->labels;
  pod.phase = found->phase;
  pod.terminating = found->terminating;
  pod.annotation = found->annotation;
  pod.has_annotations = found->annotation || !found->foreign_annotations.empty();
  return pod;
}

std::string ObjectsCluster::annotate(const Pod& pod, const std::optional<std::string>& /*value*/,
                                     const WriteOptions& /*options*/) {
  throw Error(ErrorKind::usage, "pod \"" + pod.name + "\" was read, and cannot be changed here");
}

}  // namespace podreg::core
