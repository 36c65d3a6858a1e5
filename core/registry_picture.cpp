#include "core/registry_picture.h"

#include <algorithm>
#include <iterator>

namespace podreg::core {

ServicePicture picture_of(const WatchedService& service) {
  static const WatchedPods kNoPods;
  const WatchedPods& pods = service.pods == nullptr ? kNoPods : *service.pods;
  ServicePicture picture;
  picture.ns = service.state.ns;
  picture.name = service.state.name;
  picture.exists = service.state.service.has_value();
  picture.discovery = discover(service.state, pods.listed);
  picture.pods.reserve(pods.listed.size());
  for (const auto& [name, registration] : pods.listed) {
    picture.pods.push_back({name, pods.terminating.contains(name)});
  }
  std::ranges::sort(picture.pods, {}, &SelectedPod::name);
  return picture;
}

std::vector<Instance> instances_of(const RegistryPicture& picture) {
  std::vector<Instance> all;
  for_each_instance(picture, [&](const Instance& instance) { all.push_back(instance); });
  return all;
}

std::vector<Warning> warnings_of(const RegistryPicture& picture) {
  std::vector<Warning> all;
  for (const ServicePicture& service : picture)
    std::ranges::copy(service.discovery.warnings, std::back_inserter(all));
  return all;
}

bool exists(const RegistryPicture& picture, const std::string& service) {
  return std::ranges::any_of(
      picture, [&](const ServicePicture& one) { return one.exists && one.name == service; });
}

}  // namespace podreg::core
