// The pods of a snapshot that are kept: name, labels and annotation, in little memory.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/cluster.h"

namespace podreg::k8s {

// A snapshot names pods in Endpoints and EndpointSlices, and has the pods themselves before or
// after those. Here both sides meet, in any order. Not thread safe.
class SnapshotPods {
 public:
  // An address names this pod.
  void want(std::string_view ns, std::string_view pod);
  bool is_wanted(std::string_view ns, std::string_view pod) const;

  // Keeps a copy of the pod; one of the same namespace and name is replaced.
  void put(const core::PodView& pod);

  // A pod that was there but is not kept.
  void drop(std::string_view ns, std::string_view pod);
  // Whether a pod that is wanted now was dropped before.
  bool is_missing_dropped() const { return missing_dropped_; }
  void forget_dropped();

  // Removes the pods that no address names.
  void prune();

  // Passes the kept pods of the query to the sink.
  void list(const core::PodQuery& query, const core::PodSink& sink) const;

 private:
  struct Pod {
    std::uint32_t labels = 0;  // index in label_sets_
    std::optional<std::string> annotation;
  };
  using PodsByName = std::unordered_map<std::string, Pod>;
  // What the labels of each set say to a selector, found once for all pods that share them.
  using Matches = std::vector<bool>;

  std::uint32_t intern(const core::Labels& labels);
  static void list(const std::string& ns, const PodsByName& pods, const Matches& matching,
                   const std::vector<core::Labels>* label_sets, const core::PodSink& sink);

  std::map<std::string, PodsByName, std::less<>> by_namespace_;
  std::vector<core::Labels> label_sets_;
  std::unordered_map<std::string, std::uint32_t> label_set_index_;
  std::unordered_set<std::string> wanted_;   // "namespace/name"
  std::unordered_set<std::size_t> dropped_;  // hashes of the same: a false hit costs only time
  bool missing_dropped_ = false;
};

}  // namespace podreg::k8s
