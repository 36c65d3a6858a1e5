// Of several pods, one with which it did not work.
#pragma once

#include <string>

#include "core/error.h"

namespace podreg::core {

struct PodFailure {
  std::string pod;
  Error error;
  bool asked = true;  // false: podreg did not get as far as the pod, of which nothing is known
};

// What went wrong, and with which pod: most messages name it already.
std::string message(const PodFailure& failure);

}  // namespace podreg::core
