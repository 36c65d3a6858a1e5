#include "core/kubernetes.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace podreg::core {
namespace {

// Which of the slices an address is taken from: the first that says it is ready, else the first.
struct Place {
  std::size_t slice = 0;
  bool ready = false;
};

bool has_addresses(const EndpointSlice& slice) { return slice.address_type != "FQDN"; }

std::unordered_map<std::string_view, Place> places_of(
    const std::vector<const EndpointSlice*>& slices) {
  std::unordered_map<std::string_view, Place> places;
  for (std::size_t i = 0; i < slices.size(); ++i) {
    if (!has_addresses(*slices[i])) continue;
    for (const SliceEndpoint& endpoint : slices[i]->endpoints) {
      const auto [known, added] = places.try_emplace(endpoint.address.ip, Place{i, endpoint.ready});
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
      const auto place = places.find(endpoint.address.ip);
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
