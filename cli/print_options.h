// How the command line wants results to look.
#pragma once

#include "cli/global_options.h"
#include "k8s/environment.h"
#include "output/printer.h"

namespace podreg::cli {

// -o with its template, --sort-by, --columns, --no-headers, --quiet, --color and what the
// environment says about colour. Throws Error(usage) for what is not well formed.
output::PrintOptions print_options(const GlobalOptions& options,
                                   const k8s::Environment& environment);

}  // namespace podreg::cli
