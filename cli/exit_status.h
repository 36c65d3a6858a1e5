// What the process returns; the table stands in the man page and is part of the contract.
#pragma once

#include "core/error.h"

namespace podreg::cli {

inline constexpr int kExitDone = 0;

// The one place where an error's kind becomes a status.
int exit_status(core::ErrorKind kind);

}  // namespace podreg::cli
