// Errors for people and for scripts, on standard error.
#pragma once

#include <string_view>

#include "core/streams.h"

namespace podreg::output {

struct ErrorStyle {
  bool as_json = false;  // with -o json: then also the object of kind Error, on a line of its own
  bool color = false;
};

// `podreg: error: …` on one line, then `hint: …` for each line of the hint, escaped. Throws what
// the sink throws.
void print_error(std::string_view message, std::string_view hint, int exit_status,
                 const ErrorStyle& style, core::TextSink& err);

}  // namespace podreg::output
