// The commands there are.
#pragma once

#include <span>

#include "cli/command.h"

namespace podreg::cli {

// Sorted by name.
std::span<const Command> commands();

}  // namespace podreg::cli
