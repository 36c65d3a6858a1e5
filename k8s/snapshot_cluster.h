// A Cluster made of files: what `kubectl get endpoints,services,pods,endpointslices -o json`
// printed, or the same objects in any number of JSON and YAML files.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/cluster.h"
#include "core/metadata_info.h"
#include "k8s/object_reader.h"
#include "k8s/reading.h"
#include "k8s/silent_services.h"
#include "k8s/snapshot_namespaces.h"
#include "k8s/snapshot_pods.h"

namespace podreg::k8s {

// What of a snapshot is asked for; the rest is dropped while it is read.
struct SnapshotInterest {
  std::optional<std::string> ns;      // nothing: all namespaces
  std::vector<std::string> services;  // empty: all
  bool all_pods = false;              // also the pods that no address names
  // Also what pod() and annotate() need, of all pods or, when there are names, of these.
  bool whole_pods = false;
  std::vector<std::string> pods = {};
  ReadObserver on_read = {};  // of each file
};

// Keeps the Services, Endpoints and EndpointSlices of interest, and of the pods those that an
// address of theirs names (all when the interest says so), or that are registered and of a Service
// whose addresses name none. Memory grows with what is kept, not with
// the size of JSON files; of YAML files see yaml_reader.cpp. An object that is there twice (by
// kind, namespace and name) counts once, as it stands last; one without a namespace is in
// "default".
//
// Each file is read once, from its beginning to its end. Pods that stand behind the first Endpoints
// or EndpointSlice, as kubectl prints them, are dropped at once unless an address named them by
// then; should a later address name a dropped pod, or a dropped pod turn out to be a registered one
// of a Service without addresses, the files are read once more. Kept until the end are all pods of
// standard input, those that stand before any address, and those behind truncated Endpoints, whose
// remaining addresses are in EndpointSlices.
class SnapshotCluster : public core::Cluster {
 public:
  // Reads the snapshot. Paths are files, directories (snapshot_files.h) or "-", standard input.
  // Throws what snapshot_files, FileSource and read_objects throw, and Error(invalid_data) when
  // there are objects but none that the registry is made of. A List without items is an empty
  // cluster.
  explicit SnapshotCluster(const std::vector<std::string>& paths, SnapshotInterest interest = {});

  // Answers about what was of interest; neither throws.
  std::vector<core::ServiceState> services(const core::ServiceQuery& query) override;
  void pods(const core::PodQuery& query, const core::PodSink& sink) override;

  // Of the pods that are of interest as a whole. Of others that an address names: namespace, name,
  // labels and annotation; nothing of those that none names.
  std::optional<core::Pod> pod(const std::string& ns, const std::string& name) override;

  // Rewrites the file that the pod is in (snapshot_edit.h). The resourceVersion stays as it is: it
  // is the API server's. Throws what edit_in_place throws, Error(usage) for standard input and
  // pipes, and for DryRun::server, and Error(invalid_data) when the pod is in several files.
  std::string annotate(const core::Pod& pod, const std::optional<std::string>& value,
                       const core::WriteOptions& options) override;

  // What annotate() would make of the pod: the whole object, in the format of its file, with a line
  // break at its end. The pod must be one that pod() gave. Throws what preview_edit throws.
  std::string preview(const core::Pod& pod, const std::optional<std::string>& value) const;

  // Those of objects that are not of interest are among them, for a hint; of a Service when its
  // name is of interest.
  const SnapshotNamespaces& namespaces() const { return namespaces_; }

  // The files that may have been cut short, for a warning.
  const std::vector<std::string>& may_be_cut() const { return may_be_cut_; }

  // What it carries beside the objects, of whichever namespaces.
  const std::vector<core::MetadataInfo>& metadata() const { return metadata_; }

 private:
  using Key = std::pair<std::string, std::string>;  // namespace, name
  struct WholePod {
    core::Pod pod;
    std::string file;
    std::string other_file;  // that has a pod of this name, too; empty: none
  };

  void read(const std::vector<std::string>& files);
  void read_pods_again(const std::vector<std::string>& files);
  ReadSummary read_file(const std::string& file);
  void find_silent_services();
  void prune_pods();
  void merge_slices();

  bool is_of_interest(const std::string& ns, const std::string& service);
  void take(core::Service&& service);
  void take(core::Endpoints&& endpoints);
  void take(core::EndpointSlice&& slice);
  void take(const core::PodView& pod, bool keep_for_later);
  void take(core::Pod&& pod, const std::string& file);
  void take_again(core::Pod&& pod, const std::string& file);
  void want(const std::string& ns, const core::EndpointAddress& address);

  SnapshotInterest interest_;
  std::map<Key, core::Service> services_;
  std::map<Key, core::Endpoints> endpoints_;
  std::map<Key, core::EndpointSlice> slices_;     // by their own names; empty once they are merged
  std::map<Key, core::Endpoints> merged_slices_;  // by the Service's name
  SnapshotPods pods_;
  std::map<Key, WholePod> whole_pods_;
  std::map<std::string, std::string> texts_;  // of files that cannot be read again
  std::optional<SilentServices> silent_;      // while the snapshot is read, behind its first end
  bool dropped_registered_ = false;           // a pod that no address had named by then
  bool any_truncated_ = false;
  bool more_addresses_ =
      true;  // whether addresses are likely to stand behind the pods that they name
  SnapshotNamespaces namespaces_;
  std::vector<std::string> may_be_cut_;
  std::vector<core::MetadataInfo> metadata_;
};

}  // namespace podreg::k8s
