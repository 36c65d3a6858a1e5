// What is said about those of several pods with which it did not work.
#pragma once

#include <vector>

#include "core/pod_failure.h"
#include "output/errors.h"

namespace podreg::cli {

class Context;

// Prints an error for each, naming its pod. Returns the exit status of the first; there must be
// one.
int report_failures(const std::vector<core::PodFailure>& failures, Context& context);

// Prints one error, as the program does when it ends.
void report_error(const output::ErrorText& error, Context& context);

}  // namespace podreg::cli
