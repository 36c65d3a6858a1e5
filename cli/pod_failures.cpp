#include "cli/pod_failures.h"

#include <string>

#include "cli/context.h"
#include "cli/exit_status.h"
#include "output/color.h"
#include "output/errors.h"

namespace podreg::cli {

int report_failures(const std::vector<core::PodFailure>& failures, Context& context) {
  const auto& options = context.printer().options();
  const output::ErrorStyle style{
      .as_json = options.format == output::Format::json,
      .color = output::use_color(options.color, context.streams().err_is_terminal)};
  std::vector<output::ErrorText> errors;
  errors.reserve(failures.size());
  for (const core::PodFailure& failure : failures) {
    errors.push_back(
        {core::message(failure), failure.error.hint(), exit_status(failure.error.kind())});
  }
  output::print_errors(errors, style, context.streams().err);
  return errors.front().exit_status;
}

}  // namespace podreg::cli
