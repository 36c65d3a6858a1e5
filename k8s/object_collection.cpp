#include "k8s/object_collection.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <vector>

namespace podreg::k8s {
namespace {

// Of those that are equal in namespace and name the last one stays. Lists come sorted, so mostly
// there is nothing to be done, which for many pods saves a copy of all.
template <typename Object>
void sort_and_drop_doubles(std::vector<Object>& objects) {
  const auto before = [](const Object& a, const Object& b) {
    return std::tie(a.ns, a.name) < std::tie(b.ns, b.name);
  };
  const auto not_before = [&](const Object& a, const Object& b) { return !before(a, b); };
  if (std::ranges::adjacent_find(objects, not_before) == objects.end()) return;
  std::ranges::stable_sort(objects, before);
  std::ranges::reverse(objects);
  const auto same = [](const Object& a, const Object& b) {
    return std::tie(a.ns, a.name) == std::tie(b.ns, b.name);
  };
  objects.erase(std::unique(objects.begin(), objects.end(), same), objects.end());
  std::ranges::reverse(objects);
}

}  // namespace

ObjectSink ObjectCollection::sink(const Prepare& prepare) {
  ObjectSink sink;
  const auto keep = [this, prepare](auto& all, auto&& object, const std::string& service) {
    if (prepare) prepare(object.ns, service);
    if (query_.covers(object.ns, service)) all.push_back(std::forward<decltype(object)>(object));
  };
  if (query_.with_services) {
    sink.service = [=, this](core::Service&& one) {
      keep(objects_.services, std::move(one), one.name);
    };
  }
  if (query_.with_endpoints) {
    sink.endpoints = [=, this](core::Endpoints&& one) {
      keep(objects_.endpoints, std::move(one), one.name);
    };
  }
  if (query_.with_slices) {
    sink.endpoint_slice = [=, this](core::EndpointSlice&& one) {
      keep(objects_.slices, std::move(one), one.service);
    };
  }
  if (query_.with_pods) {
    sink.pod_object = [=, this](core::PodObject&& pod) {
      if (prepare) prepare(pod.ns, {});
      if (!query_.covers(pod.ns)) return;
      pod.labels = label_sets_.share(pod.labels);
      objects_.pods.push_back(std::move(pod));
    };
  }
  return sink;
}

core::RegistryObjects ObjectCollection::take() {
  sort_and_drop_doubles(objects_.services);
  sort_and_drop_doubles(objects_.endpoints);
  sort_and_drop_doubles(objects_.slices);
  sort_and_drop_doubles(objects_.pods);
  return std::exchange(objects_, {});
}

}  // namespace podreg::k8s
