// Of several pods, one with which it did not work.
#pragma once

#include <string>

#include "core/error.h"

namespace podreg::core {

struct PodFailure {
  std::string pod;
  Error error;
};

// What went wrong, and with which pod: most messages name it already.
std::string message(const PodFailure& failure);

}  // namespace podreg::core
