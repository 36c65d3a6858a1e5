// One command in several clusters at the same time: --context with a list, --all-contexts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "cli/global_options.h"
#include "k8s/environment.h"

namespace podreg::cli {

// The contexts that the command line asks for, each once; nothing when it asks for one cluster as
// ever. A name of the kubeconfig that has a comma in it is one name. Throws Error(usage) for flags
// that name a cluster themselves, Error(not_found) for a context that is not there, and what
// reading a kubeconfig throws.
std::optional<std::vector<std::string>> several_contexts(const GlobalOptions& options,
                                                         const k8s::Environment& environment);

// Throws Error(usage): this command has one cluster.
[[noreturn]] void refuse_several_contexts(std::string_view command);

// Runs it in each of them at the same time, and prints what they come to as one list or picture, or
// one text behind the other. What goes to standard error meanwhile has its context before each
// line.
//
// A context that fails is a warning, and the status is that of the first that does. That a Service,
// pod or interface does not exist is no failure where another context has it. Otherwise the status
// is the highest of all. Throws Error when every one of them fails, and Error(output).
int run_in_contexts(const Run& run, const std::vector<std::string>& contexts,
                    const GlobalOptions& options, Context& context);

}  // namespace podreg::cli
