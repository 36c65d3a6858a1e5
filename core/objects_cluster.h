// Objects that were read already, as a Cluster: so that what they hold is joined as everywhere
// else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/cluster.h"
#include "core/registry_objects.h"

namespace podreg::core {

// The objects must outlive it, and be sorted as RegistryObjects are.
class ObjectsCluster final : public Cluster {
 public:
  explicit ObjectsCluster(const RegistryObjects& objects) : objects_(objects) {}

  std::vector<ServiceState> services(const ServiceQuery& query) override;
  void pods(const PodQuery& query, const PodSink& sink) override;
  std::optional<Pod> pod(const std::string& ns, const std::string& name) override;

  // Throws Error(usage): what was read is not written.
  std::string annotate(const Pod& pod, const std::optional<std::string>& value,
                       const WriteOptions& options) override;

 private:
  const RegistryObjects& objects_;
};

}  // namespace podreg::core
