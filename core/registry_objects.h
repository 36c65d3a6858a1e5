// The objects of the registry as they stand, with what a diagnosis looks at beyond the join: for
// `doctor`, and for `snapshot`, which keeps exactly these.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/kubernetes.h"
#include "core/metadata_info.h"

namespace podreg::core {

// One container of a pod: spec.containers, joined with status.containerStatuses by its name.
struct Container {
  std::string name;
  std::vector<int> ports;               // containerPort
  bool ready = false;                   // of its status
  int restarts = 0;                     // restartCount
  std::string state;                    // "waiting", "running", "terminated"; empty: no status yet
  std::string reason;                   // of that state: "CrashLoopBackOff"; may be empty
  std::optional<std::int64_t> started;  // state.running.startedAt, milliseconds since the epoch
  std::optional<std::string> hostname;  // env HOSTNAME, when the pod sets it: its value, or ""
                                        // when it comes from somewhere else (valueFrom)
  bool has_readiness_probe = false;

  bool operator==(const Container&) const = default;
};

// A condition of a pod (status.conditions) that is not "True".
struct PodCondition {
  std::string type;    // "Ready", "ContainersReady", "PodScheduled", or a readiness gate's
  std::string status;  // "False", "Unknown"
  std::string reason;
  std::string message;

  bool operator==(const PodCondition&) const = default;
};

struct PodObject {
  std::string ns;
  std::string name;
  std::string resource_version;
  std::shared_ptr<const Labels> labels;   // never null; pods of a Deployment share them
  std::optional<std::string> annotation;  // io.dubbo/metadata, as it stands there
  // Names of annotations of other Dubbo registries: "dubbo.io/annotation" (dubbo-go 1.5) and all
  // that begin with "dubbo.apache.org/" (dubbo-kubernetes). Sorted; their values are not kept.
  std::vector<std::string> foreign_annotations;
  bool terminating = false;        // it has a deletionTimestamp
  std::string deletion_timestamp;  // as it stands there; empty when it is not terminating
  std::string phase;               // Pending, Running, Succeeded, Failed; may be empty
  std::string node;
  std::string service_account;  // as the object has it; account() is the one that counts
  bool host_network = false;
  std::string hostname;                // spec.hostname; empty: the pod's name
  std::vector<std::string> addresses;  // status.podIPs, else status.podIP
  std::vector<Container> containers;
  std::vector<PodCondition> conditions;  // those that are not True
  bool is_ready = false;                 // the condition Ready is True

  std::string account() const { return service_account.empty() ? "default" : service_account; }

  bool operator==(const PodObject& other) const;
};

// Whether the annotation is one of another Dubbo registry (PodObject::foreign_annotations).
bool is_foreign_annotation(std::string_view name);

// Which objects are read.
struct ObjectsQuery {
  std::optional<std::string> ns;      // nothing: all namespaces
  std::vector<std::string> services;  // Services, Endpoints and EndpointSlices of these names;
                                      // empty: all. Pods are all those of the namespace.
  bool with_services = true;
  bool with_endpoints = true;
  bool with_slices = true;
  bool with_pods = true;

  // Whether objects of the namespace are asked for; also those that belong to the Service.
  bool covers(std::string_view of_ns) const { return !ns || *ns == of_ns; }
  bool covers(std::string_view of_ns, std::string_view service) const;
};

// A list that could not be read, and why.
struct UnreadObjects {
  std::string resource;  // "pods", "services", "endpoints", "endpointslices"
  Error error;
};

// Each sorted by namespace, then name.
struct RegistryObjects {
  std::vector<Service> services;
  std::vector<Endpoints> endpoints;
  std::vector<EndpointSlice> slices;
  std::vector<PodObject> pods;
  std::vector<MetadataInfo> metadata;  // that a snapshot carries, in its order; others have none
  std::vector<UnreadObjects> unread;
  std::string resource_version;  // of the lists; empty: they were not read at the same version

  bool was_read(std::string_view resource) const;

  // Drops what the query does not ask for.
  void narrow_to(const ObjectsQuery& query);

  // Drops the pods that no Service's selector matches and no address names. Where the selector of a
  // Service matches no pod at all, those of its namespace stay: they tell why.
  void keep_pods_of_services();

  // Drops the MetadataInfo of revisions that no pod has registered.
  void keep_registered_metadata();
};

// Who has them: an API server or a snapshot. Not thread safe.
class ObjectsReader {
 public:
  virtual ~ObjectsReader() = default;

  // Lists that the user may not read are among `unread`; anything else that fails throws Error:
  // unreachable, invalid_data, not_allowed when the credentials themselves are refused (401).
  virtual RegistryObjects read(const ObjectsQuery& query) = 0;
};

}  // namespace podreg::core
