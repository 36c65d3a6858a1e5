// podreg unregister: removes the annotation; the pod stays.

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/registration_options.h"
#include "cli/registration_run.h"

namespace podreg::cli {

Run declare_unregister(CLI::App& app) {
  auto options = std::make_shared<RegistrationOptions>();
  declare_pods(app, *options);
  declare_writing(app, *options);
  return [options](Context& context) {
    return change_registrations(
        *options, context,
        [](core::Registrar& registrar, const std::string& ns, const std::string& pod) {
          return registrar.unregister_pod(ns, pod);
        });
  };
}

}  // namespace podreg::cli
