// What doctor and probe have looked at, as reports for other programs and for people have it: cases
// that passed, failed, or were not run.
#pragma once

#include <string>
#include <vector>

#include "core/diagnosis.h"
#include "core/probe.h"

namespace podreg::output {

struct ReportCase {
  std::string suite;  // "1 register", or the application
  std::string name;
  core::CheckState state = core::CheckState::fine;
  std::vector<std::string> messages;  // why it failed, or was not run; of findings with the remedy
  double seconds = 0;                 // how long it took; 0: not known
};

struct CheckReport {
  std::string title;    // "podreg doctor"
  std::string summary;  // one sentence
  std::vector<core::Chain> chains;
  std::vector<core::Finding> findings;
  std::vector<ReportCase> cases;
};

CheckReport report_of(const core::Diagnosis& diagnosis);
CheckReport report_of(const std::vector<core::ProbeSeries>& probes);

// How many are in this state.
std::size_t count(const CheckReport& report, core::CheckState state);

}  // namespace podreg::output
