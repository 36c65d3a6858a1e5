// The chain of one Service: how much of it is left after each step.
#pragma once

#include <vector>

#include "core/diagnosis.h"
#include "core/finding.h"
#include "doctor/evidence.h"
#include "doctor/service_case.h"

namespace podreg::doctor {

// `findings` are all there are; those about the Service decide the states.
core::Chain chain_of(const ServiceCase& of, const Evidence& evidence,
                     const std::vector<core::Finding>& findings);

}  // namespace podreg::doctor
