#include "k8s/snapshot_namespaces.h"

#include "core/nearest.h"

namespace podreg::k8s {

void set_default_namespace(std::string& ns) {
  if (ns.empty()) ns = kDefaultNamespace;
}

void SnapshotNamespaces::add(std::string_view ns) {
  if (!namespaces_.contains(ns)) namespaces_.emplace(ns);
}

void SnapshotNamespaces::add(const std::string& ns, const std::string& service) {
  add(ns);
  by_service_[service].insert(ns);
}

void SnapshotNamespaces::add_other(const std::string& ns, const std::string& service) {
  constexpr std::size_t kMost = 5'000;
  add(ns);
  if (!service.empty() && others_.size() < kMost) others_.emplace(ns, service);
}

std::string SnapshotNamespaces::nearest(const std::string& service,
                                        const std::optional<std::string>& ns) const {
  std::vector<std::string_view> names;
  for (const auto& [place, name] : others_) {
    if (!ns || place == *ns) names.push_back(name);
  }
  for (const auto& [name, places] : by_service_) {
    if (!ns || places.contains(*ns)) names.push_back(name);
  }
  return std::string(core::nearest(service, names).value_or(""));
}

std::string SnapshotNamespaces::default_namespace() const {
  return namespaces_.size() == 1 ? *namespaces_.begin() : std::string(kDefaultNamespace);
}

std::vector<std::string> SnapshotNamespaces::of(const std::string& service) const {
  const auto found = by_service_.find(service);
  if (found == by_service_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

}  // namespace podreg::k8s
