// Step 3 of the registry for the Services that a command line names.
#pragma once

#include <string>
#include <vector>

#include "core/discovery.h"

namespace podreg::cli {

class Context;

struct ServiceInstances {
  std::vector<std::string> services;  // as named, each once
  core::Discovery discovery;          // of all of them
  std::vector<std::string> missing;   // those that do not exist
};

// Each name once, in the order of the first.
std::vector<std::string> without_repetitions(const std::vector<std::string>& names);

// Throws Error(usage) for a name that no Service has, and what the cluster throws.
ServiceInstances instances_of(const std::vector<std::string>& services, Context& context);

// `No instances found for Service "a" in namespace "demo".`; empty when no Service exists, because
// then an error says so.
std::string no_instances(const ServiceInstances& found, const Context& context);

// Throws Error(not_found) when a Service is missing. To be called when the rest has been printed.
void check_existence(const ServiceInstances& found, const Context& context);

}  // namespace podreg::cli
