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
    const auto input = registration_input(*options);
    return change_registrations(
        *options, context,
        [&](core::Registrar& registrar, const std::string& ns, const std::string& pod) {
          return registrar.register_pod(ns, pod, input);
        },
        warnings_about(input));
  };
}

}  // namespace podreg::cli
