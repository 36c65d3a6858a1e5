// podreg urls: step 4 of the registry, what a consumer would call.

#include <CLI/CLI.hpp>
#include <memory>
#include <utility>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "cli/targets.h"
#include "output/url_listing.h"

namespace podreg::cli {

namespace {

int run(const TargetOptions& options, Context& context) {
  auto resolved = resolve_targets(options, context);
  context.printer().print(output::UrlListing(std::move(resolved.urls), std::move(resolved.warnings),
                                             {.show_namespace = !context.ns()},
                                             std::move(resolved.nothing_found)));
  if (resolved.missing) throw core::Error(*resolved.missing);
  return kExitDone;
}

}  // namespace

Run declare_urls(CLI::App& app) {
  auto options = std::make_shared<TargetOptions>();
  app.add_option("SERVICE|INTERFACE|URL", options->targets,
                 "Service (the application's name), interface with its package, or consumer's URL")
      ->required();
  declare_target_options(app, *options);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace podreg::cli
