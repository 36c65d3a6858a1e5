#include "core/registry_objects.h"

#include <algorithm>
#include <tuple>

namespace podreg::core {
namespace {

auto all_of(const PodObject& pod) {
  return std::tie(pod.ns, pod.name, pod.resource_version, *pod.labels, pod.annotation,
                  pod.foreign_annotations, pod.terminating, pod.phase, pod.node,
                  pod.service_account, pod.host_network, pod.hostname, pod.addresses,
                  pod.containers, pod.conditions, pod.is_ready);
}

}  // namespace

bool PodObject::operator==(const PodObject& other) const { return all_of(*this) == all_of(other); }

bool RegistryObjects::was_read(std::string_view resource) const {
  return std::ranges::none_of(unread, [&](const auto& one) { return one.resource == resource; });
}

}  // namespace podreg::core
