#include "doctor/pod_index.h"

#include <algorithm>
#include <functional>
#include <span>
#include <unordered_set>
#include <utility>

namespace podreg::doctor {
namespace {

using core::PodObject;

// Of two that are the same by accident both are looked at.
std::size_t hash_of(std::string_view ns, const std::pair<std::string, std::string>& label) {
  const std::hash<std::string_view> hash;
  std::size_t result = hash(ns);
  for (const std::string_view part :
       {std::string_view(label.first), std::string_view(label.second)})
    result = result * 31 + hash(part);
  return result;
}

bool is_before(const PodObject& pod, std::pair<std::string_view, std::string_view> key) {
  return std::pair<std::string_view, std::string_view>(pod.ns, pod.name) < key;
}

}  // namespace

PodIndex::PodIndex(const core::RegistryObjects& objects) : pods_(objects.pods) {
  std::unordered_set<std::size_t> wanted;
  for (const auto& service : objects.services) {
    for (const auto& pair : service.selector) wanted.insert(hash_of(service.ns, pair));
  }
  for (std::uint32_t i = 0; i < pods_.size(); ++i) {
    for (const auto& label : *pods_[i].labels) {
      const auto hash = hash_of(pods_[i].ns, label);
      if (wanted.contains(hash)) by_pair_[hash].push_back(i);
    }
  }
}

std::vector<const PodObject*> PodIndex::select(std::string_view ns,
                                               const core::Labels& selector) const {
  if (selector.empty()) return of(ns);
  const Places* fewest = nullptr;
  for (const auto& pair : selector) {
    const auto found = by_pair_.find(hash_of(ns, pair));
    if (found == by_pair_.end()) return {};
    if (fewest == nullptr || found->second.size() < fewest->size()) fewest = &found->second;
  }
  std::vector<const PodObject*> result;
  for (const auto place : *fewest) {
    const PodObject& pod = pods_[place];
    if (pod.ns == ns && core::matches(selector, *pod.labels)) result.push_back(&pod);
  }
  return result;
}

const PodObject* PodIndex::find(std::string_view ns, std::string_view name) const {
  const auto found = std::lower_bound(pods_.begin(), pods_.end(), std::pair(ns, name), is_before);
  return found != pods_.end() && found->ns == ns && found->name == name ? &*found : nullptr;
}

std::vector<const PodObject*> PodIndex::of(std::string_view ns) const {
  auto place =
      std::lower_bound(pods_.begin(), pods_.end(), std::pair(ns, std::string_view()), is_before);
  std::vector<const PodObject*> result;
  for (; place != pods_.end() && place->ns == ns; ++place) result.push_back(&*place);
  return result;
}

}  // namespace podreg::doctor
