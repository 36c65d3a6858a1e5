#include "k8s/silent_services.h"

#include <algorithm>
#include <set>

namespace podreg::k8s {
namespace {

using Key = SilentServices::Key;

bool names_pod(const core::EndpointAddress& address) { return address.pod.has_value(); }

std::set<Key> named_by(const std::map<Key, core::Endpoints>& endpoints) {
  std::set<Key> named;
  for (const auto& [key, one] : endpoints) {
    const bool any = std::ranges::any_of(one.subsets, [](const core::EndpointSubset& subset) {
      return std::ranges::any_of(subset.addresses, names_pod);
    });
    if (any) named.insert(key);
  }
  return named;
}

std::set<Key> named_by(const std::map<Key, core::EndpointSlice>& slices) {
  std::set<Key> named;
  for (const auto& [key, slice] : slices) {
    const bool any = std::ranges::any_of(slice.endpoints, [](const core::SliceEndpoint& endpoint) {
      return endpoint.ready && names_pod(endpoint.address);
    });
    if (any) named.emplace(slice.ns, slice.service);
  }
  return named;
}

}  // namespace

SilentServices::SilentServices(const std::map<Key, core::Service>& services,
                               const std::map<Key, core::Endpoints>& endpoints,
                               const std::map<Key, core::EndpointSlice>& slices) {
  const auto by_endpoints = named_by(endpoints);
  const auto by_slices = named_by(slices);
  for (const auto& [key, service] : services) {
    const bool named = by_endpoints.contains(key) && (slices.empty() || by_slices.contains(key));
    if (!named && !service.selector.empty()) selectors_[key.first].push_back(&service.selector);
  }
}

bool SilentServices::have(const core::PodView& pod) const {
  if (!pod.annotation || pod.annotation->empty()) return false;
  const auto found = selectors_.find(pod.ns);
  return found != selectors_.end() &&
         std::ranges::any_of(found->second, [&](const core::Labels* selector) {
           return core::matches(*selector, *pod.labels);
         });
}

}  // namespace podreg::k8s
