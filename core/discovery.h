// Which instances a Dubbo consumer sees for a Service, and why others are missing.
//
// Reproduces KubernetesServiceDiscovery#toServiceInstance of Dubbo 3.2.6. Where Dubbo throws, and
// its consumer so has no instance at all, this shows what can be shown and warns.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/cluster.h"
#include "core/instance.h"
#include "core/warning.h"

namespace podreg::core {

// What one pod's annotation says: metadata, or why there is none.
struct Registration {
  std::shared_ptr<const Metadata> metadata;  // null: absent, empty or invalid
  std::string error;                         // why it is invalid; empty otherwise

  // Never throws: an annotation that cannot be read becomes a Registration with an error.
  static Registration read(std::optional<std::string_view> annotation);

  // Whether the annotations say the same.
  bool same_as(const Registration& other) const;
};

// The listed pods of one namespace, by name.
using Registrations = std::unordered_map<std::string, Registration>;

struct Discovery {
  std::vector<Instance> instances;  // sorted by address, then port; each (host, port, pod) once
  std::vector<Warning> warnings;    // those about addresses sorted like the instances
};

// How many ready addresses there are, one that several subsets name counted once.
std::size_t ready_addresses(const Endpoints& endpoints);

// Combines every ready address of every subset with every port of all subsets, and keeps those
// whose pod is among `listed` (the pods that the Service's selector matches) and carries metadata.
// Without a Service there is no instance, as in Dubbo. Never throws: what cannot be shown becomes a
// warning.
Discovery discover(const ServiceState& state, const Registrations& listed);

}  // namespace podreg::core
