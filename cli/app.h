// The program: reads the command line, runs one command, turns what went wrong into a message and
// an exit status.
#pragma once

#include <string>
#include <vector>

#include "core/streams.h"
#include "k8s/environment.h"

namespace podreg::cli {

// `arguments` without the program's name. Returns the exit status; never throws.
int run(const std::vector<std::string>& arguments, core::Streams& streams,
        const k8s::Environment& environment);

// On the process's own arguments, streams and environment.
int run(int argc, char** argv);

}  // namespace podreg::cli
