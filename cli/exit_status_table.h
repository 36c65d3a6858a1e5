// What each exit status means, for who shows it: help and manual pages.
#pragma once

#include <span>
#include <string_view>

namespace podreg::cli {

struct ExitStatusMeaning {
  std::string_view status;  // "130", or several: "130, 143"
  std::string_view meaning;
};

// All that the process may return, for who shows them.
std::span<const ExitStatusMeaning> exit_status_meanings();

}  // namespace podreg::cli
