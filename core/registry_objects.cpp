#include "core/registry_objects.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "core/discovery.h"

namespace podreg::core {
namespace {

auto all_of(const PodObject& pod) {
  return std::tie(pod.ns, pod.name, pod.resource_version, *pod.labels, pod.annotation,
                  pod.foreign_annotations, pod.terminating, pod.deletion_timestamp, pod.phase,
                  pod.node, pod.service_account, pod.host_network, pod.hostname, pod.addresses,
                  pod.containers, pod.conditions, pod.is_ready);
}

template <typename Object>
void narrow(std::vector<Object>& objects, bool wanted, const auto& is_asked_for) {
  if (!wanted) objects.clear();
  std::erase_if(objects, [&](const Object& one) { return !is_asked_for(one); });
}

// The pods that Services of one namespace have.
struct PodsOfServices {
  std::vector<const Labels*> selectors;
  std::set<std::string_view> named;
  bool all = false;  // a selector matches none of them

  bool has(const PodObject& pod) const {
    return all || named.contains(pod.name) ||
           std::ranges::any_of(selectors,
                               [&](const Labels* one) { return matches(*one, *pod.labels); });
  }
};

using PodsByNamespace = std::map<std::string_view, PodsOfServices>;

void name_pod(const EndpointAddress& address, PodsOfServices& pods) {
  if (address.pod) pods.named.insert(*address.pod);
}

PodsByNamespace pods_of_services(const RegistryObjects& objects) {
  PodsByNamespace pods;
  for (const auto& service : objects.services) {
    if (!service.selector.empty()) pods[service.ns].selectors.push_back(&service.selector);
  }
  for (const auto& endpoints : objects.endpoints) {
    for (const auto& subset : endpoints.subsets) {
      for (const auto& address : subset.addresses) name_pod(address, pods[endpoints.ns]);
      for (const auto& address : subset.not_ready_addresses) {
        name_pod(address, pods[endpoints.ns]);
      }
    }
  }
  for (const auto& slice : objects.slices) {
    for (const auto& endpoint : slice.endpoints) name_pod(endpoint.address, pods[slice.ns]);
  }
  return pods;
}

}  // namespace

bool PodObject::operator==(const PodObject& other) const { return all_of(*this) == all_of(other); }

bool is_foreign_annotation(std::string_view name) {
  return name == "dubbo.io/annotation" || name.starts_with("dubbo.apache.org/");
}

bool RegistryObjects::was_read(std::string_view resource) const {
  return std::ranges::none_of(unread, [&](const auto& one) { return one.resource == resource; });
}

bool ObjectsQuery::covers(std::string_view of_ns, std::string_view service) const {
  return covers(of_ns) &&
         (services.empty() || std::ranges::find(services, service) != services.end());
}

void RegistryObjects::narrow_to(const ObjectsQuery& query) {
  const auto named = [&](const auto& one) { return query.covers(one.ns, one.name); };
  narrow(services, query.with_services, named);
  narrow(endpoints, query.with_endpoints, named);
  narrow(slices, query.with_slices,
         [&](const EndpointSlice& slice) { return query.covers(slice.ns, slice.service); });
  narrow(pods, query.with_pods, [&](const PodObject& pod) { return query.covers(pod.ns); });
}

void RegistryObjects::keep_pods_of_services() {
  auto of_services = pods_of_services(*this);
  const auto matches_none = [this](std::string_view ns, const Labels& selector) {
    return std::ranges::none_of(
        pods, [&](const PodObject& pod) { return pod.ns == ns && matches(selector, *pod.labels); });
  };
  for (auto& of_namespace : of_services) {
    auto& wanted = of_namespace.second;
    wanted.all = std::ranges::any_of(wanted.selectors, [&](const Labels* selector) {
      return matches_none(of_namespace.first, *selector);
    });
  }
  std::erase_if(pods, [&](const PodObject& pod) {
    const auto found = of_services.find(pod.ns);
    return found == of_services.end() || !found->second.has(pod);
  });
}

void RegistryObjects::keep_registered_metadata() {
  if (metadata.empty()) return;
  std::set<std::string, std::less<>> registered;
  for (const auto& pod : pods) {
    const auto read = Registration::read(pod.annotation);
    if (read.metadata) registered.emplace(read.metadata->revision());
  }
  std::erase_if(metadata, [&](const MetadataInfo& info) {
    return !registered.contains(info.revision.empty() ? info.compute_revision() : info.revision);
  });
}

}  // namespace podreg::core
