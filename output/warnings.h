// Warnings for people, on standard error.
#pragma once

#include <string>
#include <vector>

#include "core/streams.h"
#include "core/warning.h"

namespace podreg::output {

// `warning: …`, a line for each sentence, and flushes the sink. Throws what it throws.
void print_warnings(const std::vector<std::string>& sentences, bool color, core::TextSink& err);

// The same, with a line for each group of warnings (core::grouped_messages).
void print_warnings(const std::vector<core::Warning>& warnings, bool color, core::TextSink& err);

}  // namespace podreg::output
