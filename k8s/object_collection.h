// Collects what readers of objects come across into RegistryObjects.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "core/registry_objects.h"
#include "k8s/label_sets.h"
#include "k8s/object_reader.h"

namespace podreg::k8s {

// Keeps what the query asks for. An object that comes twice (by kind, namespace and name) counts
// once, as it comes last. Not thread safe.
class ObjectCollection {
 public:
  explicit ObjectCollection(core::ObjectsQuery query) : query_(std::move(query)) {}
  ObjectCollection(const ObjectCollection&) = delete;
  ObjectCollection& operator=(const ObjectCollection&) = delete;

  // Of the kinds that the query asks for; the collection must outlive it. `prepare` is called with
  // the namespace of each object, which it may change, and with the name of the Service that the
  // object belongs to, empty for none and for pods.
  using Prepare = std::function<void(std::string& ns, const std::string& service)>;
  ObjectSink sink(const Prepare& prepare = {});

  // What has come so far, as it came.
  core::RegistryObjects& objects() { return objects_; }

  // Everything that has come, sorted; the collection is empty then.
  core::RegistryObjects take();

 private:
  core::ObjectsQuery query_;
  LabelSets label_sets_;
  core::RegistryObjects objects_;
};

}  // namespace podreg::k8s
