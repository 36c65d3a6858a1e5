// podreg instances: step 3 of the registry, and why any address was left out.

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "cli/service_instances.h"
#include "output/instance_listing.h"

namespace podreg::cli {

namespace {

struct InstancesOptions {
  std::vector<std::string> services;
};

int run(const InstancesOptions& options, Context& context) {
  auto found = instances_of(options.services, context);
  auto& discovery = found.discovery;
  context.printer().print(output::InstanceListing(
      std::move(discovery.instances), std::move(discovery.warnings),
      {.show_namespace = !context.ns(), .show_service = found.services.size() > 1},
      no_instances(found, context)));
  check_existence(found, context);
  return kExitDone;
}

}  // namespace

Run declare_instances(CLI::App& app) {
  auto options = std::make_shared<InstancesOptions>();
  app.add_option("SERVICE", options->services,
                 "Service (the application's name); several may be given")
      ->required();
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace podreg::cli
