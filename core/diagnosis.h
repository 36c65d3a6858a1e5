// What `podreg doctor` has found out: a checklist by the steps of the registry, and the findings.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/finding.h"

namespace podreg::core {

// From good to bad, and then what nobody knows.
enum class CheckState { fine, noted, warned, failed, not_checked };

// Of something of which this was found, and nothing worse.
CheckState state_of(Severity severity);

// What became of a check of `doctor`.
struct CheckOutcome {
  int step = 0;
  std::string title;
  CheckState state = CheckState::fine;
  std::vector<Finding> findings;  // its own: another check may find the same codes
  std::string reason;             // why it was not checked
};

// The way from an application to its URLs, for one Service: "Endpoints 3 of 4 ready".
struct Link {
  std::string text;
  CheckState state = CheckState::fine;
};

struct Chain {
  std::string ns;
  std::string service;
  std::vector<Link> links;
};

struct Diagnosis {
  std::vector<Finding> findings;       // sorted (core::sort)
  std::vector<CheckOutcome> outcomes;  // by step; checks that nobody asked for are left out
  std::vector<Chain> chains;           // of the Services in question, of the first few
  std::size_t services = 0;            // that were looked at
};

}  // namespace podreg::core
