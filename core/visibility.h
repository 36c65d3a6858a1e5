// Whether pods that were registered are instances yet.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/cluster.h"
#include "core/pod_failure.h"

namespace podreg::core {

// Waits until consumers see all the pods: a Service that selects the pod has it as a ready address,
// with the metadata that it has registered. Returns those that they do not see, with an
// Error(not_met) that says what is missing when `limit` is over, or Error(not_found) for a pod that
// is gone. Throws what Cluster throws.
std::vector<PodFailure> wait_until_visible(Cluster& cluster, Clock& clock, const std::string& ns,
                                           const std::vector<std::string>& pods,
                                           std::chrono::milliseconds limit);

}  // namespace podreg::core
