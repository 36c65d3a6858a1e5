#include "k8s/snapshot_pods.h"

#include <functional>

namespace podreg::k8s {
namespace {

std::string key_of(std::string_view ns, std::string_view pod) {
  std::string key;
  key.reserve(ns.size() + 1 + pod.size());
  return key.append(ns).append(1, '/').append(pod);
}

}  // namespace

void SnapshotPods::want(std::string_view ns, std::string_view pod) {
  auto key = key_of(ns, pod);
  if (dropped_.contains(std::hash<std::string>{}(key))) missing_dropped_ = true;
  wanted_.insert(std::move(key));
}

bool SnapshotPods::is_wanted(std::string_view ns, std::string_view pod) const {
  return wanted_.contains(key_of(ns, pod));
}

void SnapshotPods::drop(std::string_view ns, std::string_view pod) {
  dropped_.insert(std::hash<std::string>{}(key_of(ns, pod)));
}

void SnapshotPods::forget_dropped() {
  dropped_.clear();
  missing_dropped_ = false;
}

void SnapshotPods::put(const core::PodView& pod) {
  auto pods = by_namespace_.find(pod.ns);
  if (pods == by_namespace_.end()) pods = by_namespace_.emplace(pod.ns, PodsByName{}).first;
  Pod& kept = pods->second[std::string(pod.name)];
  kept.labels = intern(*pod.labels);
  kept.annotation = pod.annotation;
}

// The pods of a Deployment share their labels.
std::uint32_t SnapshotPods::intern(const core::Labels& labels) {
  const auto next = static_cast<std::uint32_t>(label_sets_.size());
  const auto [known, added] = label_set_index_.try_emplace(core::to_string(labels), next);
  if (added) label_sets_.push_back(labels);
  return known->second;
}

void SnapshotPods::prune() {
  for (auto& pods_of : by_namespace_) {
    const auto& ns = pods_of.first;
    std::erase_if(pods_of.second, [&](const auto& pod) { return !is_wanted(ns, pod.first); });
  }
}

void SnapshotPods::list(const core::PodQuery& query, const core::PodSink& sink) const {
  Matches matching;
  matching.reserve(label_sets_.size());
  for (const auto& labels : label_sets_) matching.push_back(core::matches(query.selector, labels));
  const auto* label_sets = query.with_labels ? &label_sets_ : nullptr;
  if (!query.ns) {
    for (const auto& [ns, pods] : by_namespace_) list(ns, pods, matching, label_sets, sink);
  } else if (const auto found = by_namespace_.find(*query.ns); found != by_namespace_.end()) {
    list(found->first, found->second, matching, label_sets, sink);
  }
}

void SnapshotPods::list(const std::string& ns, const PodsByName& pods, const Matches& matching,
                        const std::vector<core::Labels>* label_sets, const core::PodSink& sink) {
  for (const auto& [name, pod] : pods) {
    if (!matching[pod.labels]) continue;
    core::PodView view;
    view.ns = ns;
    view.name = name;
    if (pod.annotation) view.annotation = *pod.annotation;
    if (label_sets != nullptr) view.labels = &(*label_sets)[pod.labels];
    sink(view);
  }
}

}  // namespace podreg::k8s
