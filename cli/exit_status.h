// What the process returns; the table stands in the man page and is part of the contract.
#pragma once

#include "core/error.h"

namespace podreg::cli {

inline constexpr int kExitDone = 0;
inline constexpr int kExitNo = 1;  // the answer is no, such as an exception of what was called

// The one place where an error's kind becomes a status.
int exit_status(core::ErrorKind kind);

}  // namespace podreg::cli
