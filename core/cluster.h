// What podreg asks of a Kubernetes cluster: the role that a real API server, a snapshot file and
// the tests' fake all play.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/kubernetes.h"

namespace podreg::core {

// Which Services are asked for. Without a namespace: those of all namespaces; without a name: all.
struct ServiceQuery {
  std::optional<std::string> ns;
  std::optional<std::string> name;
  EndpointSource source = EndpointSource::endpoints;
  // Of a Service with a name: its pods are asked for next, so a source may begin with them. Whether
  // it does makes no difference but in time.
  bool then_pods = false;
};

// A Service and its Endpoints, found under the same namespace and name; either may be missing, not
// both.
struct ServiceState {
  std::string ns;
  std::string name;
  std::optional<Service> service;
  std::optional<Endpoints> endpoints;
  EndpointSource source = EndpointSource::endpoints;  // what `endpoints` was made of
  // How many ready addresses the EndpointSlices hold; only asked for when the Endpoints are
  // truncated.
  std::optional<std::size_t> slice_addresses;
};

// Which pods are asked for. Without a namespace: those of all; an empty selector matches every pod.
struct PodQuery {
  std::optional<std::string> ns;
  Labels selector;
  bool with_labels = false;  // whether PodView::labels is needed
};

// What the registry has of a pod. The views are valid during the call that passes them.
struct PodView {
  std::string_view ns;
  std::string_view name;
  std::optional<std::string_view> annotation;  // io.dubbo/metadata, as it stands there
  const Labels* labels = nullptr;              // only when asked for; nullptr otherwise
  bool terminating = false;                    // it has a deletionTimestamp; not of snapshots
};

// Takes pods one at a time, in no particular order, while they arrive.
using PodSink = std::function<void(const PodView&)>;

// A pod as somebody who changes its registration needs it.
struct Pod {
  std::string ns;
  std::string name;
  std::string resource_version;
  Labels labels;
  std::string phase;                       // Pending, Running, Succeeded, Failed; may be empty
  bool terminating = false;                // it has a deletionTimestamp
  bool has_annotations = false;            // of any name
  std::optional<std::string> annotation;   // io.dubbo/metadata
  std::size_t other_annotations_size = 0;  // bytes of the names and values of all others
};

// Where a change goes.
enum class DryRun { none, client, server };

struct WriteOptions {
  DryRun dry_run = DryRun::none;
  std::string field_manager = "podreg";
};

// Not thread safe: one thread at a time. Every function throws Error: not_allowed, unreachable,
// invalid_data. What does not exist is an empty answer, not an error.
class Cluster {
 public:
  virtual ~Cluster() = default;

  // Sorted by namespace, then name. What can be asked at the same time is.
  virtual std::vector<ServiceState> services(const ServiceQuery& query) = 0;

  // Either passes every pod of the query to the sink or throws; a list that was cut short throws.
  virtual void pods(const PodQuery& query, const PodSink& sink) = 0;

  // One pod; nothing when it does not exist.
  virtual std::optional<Pod> pod(const std::string& ns, const std::string& name) = 0;

  // Sets the annotation io.dubbo/metadata of the pod as it was read, or removes it (no value);
  // changes nothing else. Returns the new resourceVersion. Throws Error(conflict) when the pod has
  // changed since it was read, Error(not_found) when it is gone.
  virtual std::string annotate(const Pod& pod, const std::optional<std::string>& value,
                               const WriteOptions& options) = 0;
};

}  // namespace podreg::core
