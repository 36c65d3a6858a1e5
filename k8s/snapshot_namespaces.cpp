#include "k8s/snapshot_namespaces.h"

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

std::string SnapshotNamespaces::default_namespace() const {
  return namespaces_.size() == 1 ? *namespaces_.begin() : std::string(kDefaultNamespace);
}

std::vector<std::string> SnapshotNamespaces::of(const std::string& service) const {
  const auto found = by_service_.find(service);
  if (found == by_service_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

}  // namespace podreg::k8s
