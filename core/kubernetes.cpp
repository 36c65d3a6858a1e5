#include "core/kubernetes.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace podreg::core {
namespace {

// Which of the slices an address is taken from: the first that says it is ready, else the first.
struct Place {
  std::size_t slice = 0;
  bool ready = false;
};

bool has_addresses(const EndpointSlice& slice) { return slice.address_type != "FQDN"; }

// Pods that use the network of their node share its address, as Endpoints have it too.
using AddressKey = std::pair<std::string_view, std::string_view>;  // IP and pod

AddressKey key_of(const EndpointAddress& address) {
  return {address.ip, address.pod ? std::string_view(*address.pod) : std::string_view()};
}

std::map<AddressKey, Place> places_of(const std::vector<const EndpointSlice*>& slices) {
  std::map<AddressKey, Place> places;
  for (std::size_t i = 0; i < slices.size(); ++i) {
    if (!has_addresses(*slices[i])) continue;
    for (const SliceEndpoint& endpoint : slices[i]->endpoints) {
      const auto [known, added] =
          places.try_emplace(key_of(endpoint.address), Place{i, endpoint.ready});
      if (!added && endpoint.ready && !known->second.ready) known->second = {i, true};
    }
  }
  return places;
}

}  // namespace

bool matches(const Labels& selector, const Labels& labels) {
  return std::includes(labels.begin(), labels.end(), selector.begin(), selector.end());
}

std::string to_string(const Labels& labels) {
  std::string text;
  for (const auto& [key, value] : labels) {
    if (!text.empty()) text += ',';
    text.append(key).append(1, '=').append(value);
  }
  return text;
}

bool names_pod(const Endpoints& endpoints, std::string_view pod) {
  const auto is_its = [&](const EndpointAddress& address) { return address.pod == pod; };
  return std::ranges::any_of(endpoints.subsets, [&](const EndpointSubset& subset) {
    return std::ranges::any_of(subset.addresses, is_its) ||
           std::ranges::any_of(subset.not_ready_addresses, is_its);
  });
}

Endpoints merge(const std::vector<const EndpointSlice*>& slices) {
  Endpoints merged;
  if (slices.empty()) return merged;
  merged.ns = slices.front()->ns;
  merged.name = slices.front()->service;
  auto places = places_of(slices);
  for (std::size_t i = 0; i < slices.size(); ++i) {
    if (!has_addresses(*slices[i])) continue;
    EndpointSubset& subset = merged.subsets.emplace_back();
    subset.ports = slices[i]->ports;
    for (const SliceEndpoint& endpoint : slices[i]->endpoints) {
      const auto place = places.find(key_of(endpoint.address));
      if (place == places.end()) continue;  // taken already
      if (place->second.slice != i || place->second.ready != endpoint.ready) continue;
      auto& to = endpoint.ready ? subset.addresses : subset.not_ready_addresses;
      to.push_back(endpoint.address);
      places.erase(place);
    }
  }
  return merged;
}

}  // namespace podreg::core
