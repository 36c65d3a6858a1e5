// Warnings for people, on standard error.
#pragma once

#include <string>
#include <vector>

#include "core/streams.h"
#include "core/warning.h"

namespace podreg::output {

// `warning: …`, a line for each sentence. Throws what the sink throws.
void print_warnings(const std::vector<std::string>& sentences, bool color, core::TextSink& err);

// `warning: …`, a line for each group of warnings (core::grouped_messages). Throws what the sink
// throws.
void print_warnings(const std::vector<core::Warning>& warnings, bool color, core::TextSink& err);

}  // namespace podreg::output
