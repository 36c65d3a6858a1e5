// podreg register: writes the annotation of a provider's pod, as the provider itself would.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/registration_options.h"
#include "cli/registration_run.h"

namespace podreg::cli {

Run declare_register(CLI::App& app) {
  auto options = std::make_shared<RegistrationOptions>();
  declare_pods(app, *options);
  declare_metadata(app, *options);
  declare_writing(app, *options);
  declare_overwriting(app, *options);
  return [options](Context& context) {
    return change_with_input(*options, context, &core::Registrar::register_pod);
  };
}

}  // namespace podreg::cli
