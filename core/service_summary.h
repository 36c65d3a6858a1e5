// One line of `podreg services`: a Service and what is registered behind it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/discovery.h"
#include "core/kubernetes.h"

namespace podreg::core {

struct ServiceSummary {
  std::string ns;
  std::string name;
  std::string type;
  Labels selector;
  std::vector<ServicePort> ports;
  std::size_t ready_addresses = 0;
  std::size_t instances = 0;
  std::vector<std::string> revisions;  // sorted, each once; instances without one are not counted
  std::vector<std::string> protocols;  // of `dubbo.endpoints`, sorted, each once
};

// `state` must have a Service; `discovery` is what was discovered from it.
ServiceSummary summarize(const ServiceState& state, const Discovery& discovery);

}  // namespace podreg::core
