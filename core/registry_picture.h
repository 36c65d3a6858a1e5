// What a watch shows at one moment: the same as `instances` would.
#pragma once

#include <string>
#include <vector>

#include "core/discovery.h"
#include "core/registry_watch.h"

namespace podreg::core {

// A pod of a Service's selector.
struct SelectedPod {
  std::string name;
  bool terminating = false;
};

// One Service of which there is a Service or Endpoints.
struct ServicePicture {
  std::string ns;
  std::string name;
  bool exists = false;            // the Service itself
  Discovery discovery;            // what a consumer sees, and why it does not see the rest
  std::vector<SelectedPod> pods;  // sorted by name
};

// Sorted by namespace, then name.
using RegistryPicture = std::vector<ServicePicture>;

ServicePicture picture_of(const WatchedService& service);

// Calls `visit` with each instance of all Services, one after the other.
template <typename Visit>
void for_each_instance(const RegistryPicture& picture, Visit visit) {
  for (const ServicePicture& service : picture) {
    for (const Instance& instance : service.discovery.instances) visit(instance);
  }
}

// The instances, and the warnings, of all Services, one after the other.
std::vector<Instance> instances_of(const RegistryPicture& picture);
std::vector<Warning> warnings_of(const RegistryPicture& picture);

// Whether there is a Service of that name.
bool exists(const RegistryPicture& picture, const std::string& service);

}  // namespace podreg::core
