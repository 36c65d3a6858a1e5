// Errors for people and for scripts, on standard error.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/streams.h"

namespace podreg::output {

struct ErrorStyle {
  bool as_json = false;  // with -o json: then also the object of kind Error, on a line of its own
  bool color = false;
};

struct ErrorText {
  std::string message;
  std::string hint;
  int exit_status = 0;
};

// As print_error() does, one after the other: the first ten, and how many more there are; a hint
// that several have in a row is printed once, behind the last of them. The objects are those of
// all.
void print_errors(const std::vector<ErrorText>& errors, const ErrorStyle& style,
                  core::TextSink& err);

// `podreg: error: …` on one line, then `hint: …` for each line of the hint, escaped. Throws what
// the sink throws.
void print_error(std::string_view message, std::string_view hint, int exit_status,
                 const ErrorStyle& style, core::TextSink& err);

}  // namespace podreg::output
