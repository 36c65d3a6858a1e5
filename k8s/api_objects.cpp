#include "k8s/api_objects.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace podreg::k8s {
namespace {

constexpr int kForbidden = 403;

bool refuses_version(int status) {
  constexpr std::array kRefusals = {400, 410, 422, 504};
  return std::ranges::find(kRefusals, status) != kRefusals.end();
}

std::vector<ApiCall> calls_for(const ApiResource& resource, const core::ObjectsQuery& query) {
  if (query.services.empty()) return {{resource, query.ns}};
  std::vector<ApiCall> calls;
  for (const auto& service : query.services) {
    calls.push_back(list_of_service(resource, query.ns, service));
  }
  return calls;
}

// Services first: their list is the smallest, and the others wait for it.
std::vector<ApiCall> calls_for(const core::ObjectsQuery& query) {
  std::vector<ApiCall> calls;
  const auto add = [&](bool wanted, const ApiResource& resource) {
    if (wanted) std::ranges::move(calls_for(resource, query), std::back_inserter(calls));
  };
  add(query.with_services, kServices);
  add(query.with_endpoints, kEndpoints);
  add(query.with_slices, kEndpointSlices);
  if (query.with_pods) calls.push_back({kPods, query.ns});
  return calls;
}

// Drops what has come of this list before, when it begins anew.
template <typename Object>
std::function<void()> cut_to_size(std::vector<Object>& objects) {
  return [&objects, size = static_cast<std::ptrdiff_t>(objects.size())] {
    objects.erase(objects.begin() + size, objects.end());
  };
}

// Takes nothing else, so that an answer with something else is noticed.
ObjectSink sink_for(const ApiResource& resource, ObjectCollection& collection) {
  auto all = collection.sink();
  ObjectSink sink;
  if (resource.plural == kServices.plural) sink.service = std::move(all.service);
  if (resource.plural == kEndpoints.plural) sink.endpoints = std::move(all.endpoints);
  if (resource.plural == kEndpointSlices.plural)
    sink.endpoint_slice = std::move(all.endpoint_slice);
  if (resource.plural == kPods.plural) sink.pod_object = std::move(all.pod_object);
  return sink;
}

std::function<void()> begin_anew(const ApiResource& resource, core::RegistryObjects& objects) {
  if (resource.plural == kServices.plural) return cut_to_size(objects.services);
  if (resource.plural == kEndpoints.plural) return cut_to_size(objects.endpoints);
  if (resource.plural == kEndpointSlices.plural) return cut_to_size(objects.slices);
  return cut_to_size(objects.pods);
}

}  // namespace

ApiObjects::ApiObjects(Connection connection, ApiOptions options)
    : requests_(std::move(connection), std::move(options)) {}

core::RegistryObjects ApiObjects::read(const core::ObjectsQuery& query) {
  ObjectCollection collection(query);
  const auto calls = calls_for(query);
  std::vector<std::string> versions;
  auto next = calls.begin();
  while (next != calls.end() && versions.empty()) {
    const auto version = read_list(requests_.ask(requests_.paged(*next++)), collection);
    if (version) versions.push_back(*version);
  }
  std::vector<ApiAnswer> others;
  for (; next != calls.end(); ++next) {
    ApiCall call = requests_.paged(*next);
    call.resource_version = versions.front();
    call.exactly = !call.resource_version.empty();
    others.push_back(requests_.ask(std::move(call)));
  }
  for (auto& asked : others) {
    const auto version = read_list(std::move(asked), collection);
    if (version) versions.push_back(*version);
  }
  auto objects = collection.take();
  const bool same = std::ranges::adjacent_find(versions, std::not_equal_to{}) == versions.end();
  if (same && !versions.empty()) objects.resource_version = versions.front();
  return objects;
}

std::optional<std::string> ApiObjects::read_list(ApiAnswer asked, ObjectCollection& collection) {
  int status = requests_.status_of(asked);
  if (asked.call.exactly && refuses_version(status)) {
    asked.call.exactly = false;
    asked.call.resource_version.clear();
    asked = requests_.ask(std::move(asked.call));
    status = requests_.status_of(asked);
  }
  auto& objects = collection.objects();
  if (status == kForbidden) {
    const std::string resource(asked.call.resource.plural);
    if (objects.was_read(resource)) {
      objects.unread.push_back(
          {resource, requests_.error_of(asked.call, read_failure(*asked.response, status))});
    }
    return std::nullopt;
  }
  const auto begin = begin_anew(asked.call.resource, objects);
  const auto sink = sink_for(asked.call.resource, collection);
  const auto summary = requests_.read_objects(std::move(asked), sink, begin);
  return summary ? summary->resource_version : std::string{};
}

}  // namespace podreg::k8s
