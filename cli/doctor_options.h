// The command line of `podreg doctor`, and what it asks for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/targets.h"
#include "core/finding.h"

namespace podreg::cli {

struct DoctorOptions {
  TargetOptions target;
  std::string consumer;  // pod/NAME
  std::string fail_on = "error";
  std::vector<std::string> only;
  std::vector<std::string> skip;
  bool no_probe = false;
  bool list = false;
  std::string explain;
};

void declare_doctor_options(CLI::App& app, DoctorOptions& options);

// The codes that --only and --skip leave out. Throws Error(usage) for a code that there is not.
std::vector<core::FindingCode> unwanted_codes(const DoctorOptions& options);

// The row of the catalogue. Throws Error(not_found) with the nearest one.
const core::FindingKind& kind_named(const std::string& code);

// The least severity with which the answer is "no"; nothing for "never". Throws Error(usage).
std::optional<core::Severity> failing_severity(const DoctorOptions& options);

}  // namespace podreg::cli
