// What `podreg invoke` is told, and what becomes of it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/targets.h"
#include "rpc/caller.h"

namespace podreg::cli {

struct InvokeOptions {
  std::string service;                 // or the URL of a provider
  std::string method;                  // INTERFACE.METHOD
  std::vector<std::string> arguments;  // JSON each
  std::string data;                    // JSON or @FILE, in place of arguments
  std::string types;
  std::string serialization = "hessian2";
  std::vector<std::string> attachments;  // KEY=VALUE
  bool types_in_result = false;
  bool all = false;
  std::string pod;
  std::size_t count = 0;  // 0: one call, whose result is shown
  TargetOptions target;   // its targets are the service
};

void declare_invoke_options(CLI::App& app, InvokeOptions& options);

// What is sent to each instance; without the timeout, which Reach knows. Throws Error(usage) for
// what is not well formed, and what reading --data throws.
rpc::CallPlan call_plan(const InvokeOptions& options);

}  // namespace podreg::cli
