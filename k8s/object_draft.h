// A Kubernetes object while it is read: its kind may be known only at its end, so it has room for
// the fields of all kinds.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/kubernetes.h"
#include "core/registry_objects.h"
#include "k8s/object_reader.h"
#include "k8s/object_schema.h"

namespace podreg::k8s {

enum class ObjectKind { unknown, other, service, endpoints, endpoint_slice, pod };

// `unknown` when the kind is empty; an apiVersion that is missing is taken for the right one.
ObjectKind classify(std::string_view kind, std::string_view api_version);

// Whether the field of an object, or of its metadata, is needed for an object of this kind, which
// for pods depends on the sink.
bool needs(ObjectKind kind, Field field, const ObjectSink& sink);

struct Draft {
  std::string kind;
  std::string api_version;
  std::string ns;
  std::string name;
  std::string fault;  // the first field of a wrong type; counts only when the object is wanted
  std::string place;  // of the fault

  core::Labels labels;
  std::optional<std::string> registration;
  bool terminating = false;
  // Only for ObjectSink::whole_pod.
  std::string phase;
  bool has_annotations = false;
  std::size_t other_annotations_size = 0;
  std::size_t offset = 0;
  bool truncated = false;

  std::string service_type;
  bool publish_not_ready = false;
  std::vector<std::string> ip_families;
  core::Labels selector;
  std::vector<core::ServicePort> service_ports;
  std::vector<core::EndpointSubset> subsets;
  std::string address_type;
  std::vector<core::SliceEndpoint> slice_endpoints;
  std::vector<core::EndpointPort> slice_ports;

  // Only for ObjectSink::pod_object: the fields that stand nowhere above.
  core::PodObject pod;
  std::string pod_ip;
  std::vector<core::Container> container_statuses;
  std::vector<std::size_t> named_after_pod;  // containers whose HOSTNAME is the pod's metadata.name

  bool has_items = false;
  std::string resource_version;
  std::string continue_token;
  std::string metadata_items;       // of a MetadataList, as JSON
  std::vector<Draft> without_kind;  // items that wait for the kind of this list

  ObjectKind object_kind() const { return classify(kind, api_version); }
  bool is_list() const;
  bool is_metadata_list() const { return kind == "MetadataList" && api_version == "podreg/v1"; }
  // "Pod prod/shop-1", as much of it as is known; empty when nothing is.
  std::string describe() const;

  // Takes kind and apiVersion from the list that it is an item of. `item_kind` is the kind of a
  // PartialObjectMetadataList's items.
  void inherit(const Draft& list, const std::string& item_kind);
};

// Passes the object to the sink; does nothing when its kind is not asked for.
void deliver(Draft&& draft, const ObjectSink& sink);

// Whether the sink takes objects of this kind.
bool wants(const ObjectSink& sink, ObjectKind kind);

}  // namespace podreg::k8s
