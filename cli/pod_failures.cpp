#include "cli/pod_failures.h"

#include <string>

#include "cli/context.h"
#include "cli/exit_status.h"

namespace podreg::cli {

namespace {

output::ErrorStyle style_of(Context& context) {
  return {.as_json = context.printer().options().format == output::Format::json,
          .color = context.colors_errors()};
}

}  // namespace

void report_error(const output::ErrorText& error, Context& context) {
  output::print_errors({error}, style_of(context), context.streams().err);
}

int report_failures(const std::vector<core::PodFailure>& failures, Context& context) {
  std::vector<output::ErrorText> errors;
  errors.reserve(failures.size());
  for (const core::PodFailure& failure : failures) {
    errors.push_back(
        {core::message(failure), failure.error.hint(), exit_status(failure.error.kind())});
  }
  output::print_errors(errors, style_of(context), context.streams().err);
  return errors.front().exit_status;
}

}  // namespace podreg::cli
