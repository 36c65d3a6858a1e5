// podreg probe: step 5 of the registry, whether the URLs that a consumer would call answer.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <utility>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/duration.h"
#include "cli/exit_status.h"
#include "cli/progress.h"
#include "cli/provider_targets.h"
#include "output/probe_listing.h"
#include "rpc/prober.h"

namespace podreg::cli {

namespace {

struct ProbeOptions {
  TargetOptions target;
  std::size_t count = 1;
  std::string interval = "1s";
};

int run(const ProbeOptions& options, Context& context) {
  rpc::ProbePlan plan;
  plan.count = options.count;
  plan.concurrency = options.target.reach.concurrency;
  plan.interval = parse_duration(options.interval, "--interval");
  auto resolved = resolve_provider_targets(options.target, context);
  plan.timeout = resolved.reach->timeout();
  std::vector<core::ProbeSeries> series;
  if (!resolved.urls.empty()) {
    Progress progress(context, "probing URLs");
    plan.on_progress = [&](const rpc::Tally& tally) { progress.show(tally); };
    series = rpc::probe_all(resolved.reach->dialer(), resolved.urls, plan);
  }
  const bool failed =
      std::ranges::any_of(series, [](const core::ProbeSeries& one) { return one.failed > 0; });
  context.printer().print(output::ProbeListing(std::move(series), options.count > 1,
                                               std::move(resolved.warnings),
                                               std::move(resolved.nothing_found)));
  if (resolved.missing) throw core::Error(*resolved.missing);
  return failed ? kExitNo : kExitDone;
}

}  // namespace

Run declare_probe(CLI::App& app) {
  auto options = std::make_shared<ProbeOptions>();
  app.add_option("SERVICE|INTERFACE|URL", options->target.targets,
                 "Service (the application's name), interface with its package, or URL, of a "
                 "provider or a consumer")
      ->required();
  app.add_option("--count", options->count, "Probe each URL so many times; default 1")
      ->check(CLI::Range(1, 1'000'000).description(""))
      ->type_name("N");
  app.add_option("--interval", options->interval, "Between those; default 1s")
      ->type_name("DURATION");
  declare_target_options(app, options->target);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace podreg::cli
