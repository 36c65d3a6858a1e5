// What the process returns; the table stands in the man page and is part of the contract.
#pragma once

#include <span>
#include <string_view>

#include "core/error.h"

namespace podreg::cli {

inline constexpr int kExitDone = 0;
inline constexpr int kExitNo = 1;  // the answer is no, such as an exception of what was called

// The one place where an error's kind becomes a status.
int exit_status(core::ErrorKind kind);

struct ExitStatusMeaning {
  std::string_view status;  // "130", or several: "130, 143"
  std::string_view meaning;
};

// All that the process may return, for who shows them.
std::span<const ExitStatusMeaning> exit_status_meanings();

}  // namespace podreg::cli
