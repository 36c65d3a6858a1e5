// Of several pods, one with which it did not work.
#pragma once

#include <string>

#include "core/error.h"

namespace podreg::core {

struct PodFailure {
  std::string pod;
  Error error;
};

}  // namespace podreg::core
