// podreg update: merges into what a pod has registered, and writes only what changes.

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/registration_options.h"
#include "cli/registration_run.h"

namespace podreg::cli {

Run declare_update(CLI::App& app) {
  auto options = std::make_shared<RegistrationOptions>();
  declare_pods(app, *options);
  declare_metadata(app, *options);
  app.add_option("--unset", options->unset, "A key to leave out; repeatable")
      ->type_name("KEY")
      ->allow_extra_args(false);
  app.add_flag("--timestamp", options->timestamp,
               "Refresh the timestamp even when nothing else changes");
  declare_writing(app, *options);
  declare_overwriting(app, *options);
  return [options](Context& context) {
    return change_with_input(*options, context, &core::Registrar::update_pod);
  };
}

}  // namespace podreg::cli
