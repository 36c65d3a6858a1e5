// Why a pod is not ready, from its conditions and its containers' states.
#pragma once

#include <string>

#include "core/registry_objects.h"

namespace podreg::doctor {

// Whether its status says so; false as well for a pod without a status, as snapshots may have it.
bool is_known_unready(const core::PodObject& pod);

// "container "app" is waiting: CrashLoopBackOff, after 5 restarts"; what the Endpoints say when the
// status tells nothing.
std::string why_not_ready(const core::PodObject& pod);

// What to do about it.
std::string readiness_advice(const core::PodObject& pod);

}  // namespace podreg::doctor
