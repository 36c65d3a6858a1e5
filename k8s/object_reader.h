// Reads the Kubernetes objects that the registry is made of from JSON or YAML, as a stream.
//
// Formats: a single object, a List or a typed list (ServiceList, PodList,
// PartialObjectMetadataList, …) of core/v1 and discovery.k8s.io/v1 (v1beta1 too); several documents
// one after another. Objects of other kinds or groups (a Knative Service) are skipped without being
// built, wherever in the object its kind and apiVersion stand. JSON goes through RapidJSON's SAX
// reader, YAML through yaml-cpp's events into the same handler: text stays text in both, however it
// is quoted.
#pragma once

#include <functional>
#include <string>

#include "core/cluster.h"
#include "core/kubernetes.h"
#include "core/registry_objects.h"
#include "k8s/byte_source.h"

namespace podreg::k8s {

// Receives objects while they are read; a missing function: that kind is skipped.
struct ObjectSink {
  std::function<void(core::Service&&)> service;
  std::function<void(core::Endpoints&&)> endpoints;
  std::function<void(core::EndpointSlice&&)> endpoint_slice;
  std::function<void(const core::PodView&)> pod;  // labels always given
  // Takes the place of `pod`: a pod as it is needed to change it, and the offset of its first byte
  // in the source (of YAML: not counting a byte order mark).
  std::function<void(core::Pod&&, std::size_t)> whole_pod;
  // Takes the place of both: a pod with what a diagnosis looks at. Each has labels of its own.
  std::function<void(core::PodObject&&)> pod_object;
  // A MetadataList (podreg/v1), as `podreg snapshot --metadata` adds it to the objects:
  // {"items":[…]}, as JSON whatever the format of the source.
  std::function<void(std::string&&)> metadata_list;
};

// What was seen, for messages and for paging.
struct ReadSummary {
  std::size_t objects = 0;  // objects of any kind, items of lists included; lists themselves not
  std::size_t known = 0;    // those of a kind that the registry is made of
  std::size_t taken = 0;    // those that the sink has a function for
  std::size_t lists = 0;    // documents that are lists
  bool may_be_cut = false;  // YAML that ends in the middle of a line: nothing else tells its end
  std::string resource_version;  // of the last list's metadata
  std::string continue_token;    // of the last list's metadata: more pages follow when not empty
};

// `item_kind` is the kind of a list's items that do not say it themselves when the list's own kind
// does not either (PartialObjectMetadataList): "Pod". `name` names the source in messages (a file's
// name, a request's path). Throws Error(invalid_data) with the place (byte offset of JSON, line and
// column of YAML): text that is not JSON or YAML, cut short, not UTF-8, nested deeper than 500
// levels, a number longer than 1,000 digits, a field of the wrong type, or a document that is not a
// Kubernetes object.
ReadSummary read_json(ByteSource& source, const std::string& name, const std::string& item_kind,
                      const ObjectSink& sink);
ReadSummary read_yaml(ByteSource& source, const std::string& name, const ObjectSink& sink);

}  // namespace podreg::k8s
