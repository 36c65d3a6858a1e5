// podreg services: every Service of the namespace, as Dubbo's getServices has them, with what is
// registered behind it.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "core/gather.h"
#include "output/service_listing.h"

namespace podreg::cli {

namespace {

struct ServicesOptions {
  bool registered = false;
};

int run(const ServicesOptions& options, Context& context) {
  core::Cluster& cluster = context.cluster();
  const auto ns = context.ns();
  auto result = core::gather_services(cluster, {ns, {}, context.endpoint_source()});
  if (options.registered) {
    std::erase_if(result.services, [](const auto& service) { return service.instances == 0; });
  }
  context.printer().print(output::ServiceListing(
      std::move(result.services), std::move(result.warnings), {.show_namespace = !ns},
      fmt::format("No Services{} found in {}.{}", options.registered ? " with instances" : "",
                  in_words(ns), context.other_namespaces())));
  return kExitDone;
}

}  // namespace

Run declare_services(CLI::App& app) {
  auto options = std::make_shared<ServicesOptions>();
  app.add_flag("--registered", options->registered, "Only those with instances");
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace podreg::cli
