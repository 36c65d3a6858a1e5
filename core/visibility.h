// Whether a pod that was registered is an instance yet.
#pragma once

#include <chrono>
#include <string>

#include "core/clock.h"
#include "core/cluster.h"

namespace podreg::core {

// Waits until consumers see the pod: a Service that selects it has it as a ready address, with the
// metadata that it has registered. Throws Error(not_met) that says what is missing when `limit` is
// over, Error(not_found) when the pod is gone, and what Cluster throws.
void wait_until_visible(Cluster& cluster, Clock& clock, const std::string& ns,
                        const std::string& pod, std::chrono::milliseconds limit);

}  // namespace podreg::core
