// podreg graph: the registry as a picture, from interfaces over applications to instances.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "cli/interface_resolver.h"
#include "cli/service_instances.h"
#include "cli/targets.h"
#include "core/error.h"
#include "core/registry_graph.h"
#include "core/service_url.h"
#include "output/terminal_text.h"
#include "output/warnings.h"

namespace podreg::cli {

namespace {

struct GraphOptions {
  std::vector<std::string> targets;
  MappingOptions mapping;
  ReachOptions reach;
};

// Of the targets that nothing hangs together with: interfaces that nobody provides, Services that
// do not exist. A Service without instances is there and empty.
void check_targets(const std::vector<std::string>& missing, InterfaceResolver& resolver,
                   Context& context) {
  std::vector<std::string> interfaces;
  std::vector<std::string> services;
  for (const auto& target : missing) {
    (names_interface(target) ? interfaces : services).push_back(target);
  }
  if (!services.empty()) check_existence(instances_of(services, context), context);
  if (!interfaces.empty()) throw resolver.not_found(interfaces);
}

std::string nothing_found(const GraphOptions& options, const Context& context) {
  std::vector<std::string> shown;
  for (const auto& target : options.targets) shown.push_back(core::without_secrets(target));
  const auto of = shown.empty() ? std::string() : fmt::format(" of {}", fmt::join(shown, ", "));
  return fmt::format("Nothing{} is registered in {}.{}", of, in_words(context.ns()),
                     context.other_namespaces());
}

void print(const core::RegistryGraph& graph, const std::vector<core::Warning>& warnings,
           const std::string& nothing, Context& context) {
  context.printer().print_graph(graph);
  if (context.quiet()) return;
  auto& err = context.streams().err;
  if (graph.nodes.empty()) err.write(output::terminal_text(nothing) + "\n");
  output::print_warnings(warnings, context.colors_errors(), err);
}

// What keeps pods out of the part that is drawn.
std::vector<core::Warning> warnings_about(const core::RegistryGraph& part,
                                          const GraphOptions& options,
                                          const InterfaceResolver& resolver) {
  auto warnings = resolver.all_warnings();
  if (options.targets.empty()) return warnings;
  std::erase_if(warnings, [&](const core::Warning& one) {
    return !core::has_target(part, one.service) &&
           std::ranges::find(options.targets, one.service) == options.targets.end();
  });
  return warnings;
}

int run(const GraphOptions& options, Context& context) {
  InterfaceResolver resolver(options.mapping, options.reach, context);
  const Registry& registry = resolver.registry();
  auto graph = core::graph_of(registry.discovery.instances, registry.metadata.revisions);
  std::vector<std::string> missing;
  for (const auto& target : options.targets) {
    if (!core::has_target(graph, target)) missing.push_back(target);
  }
  if (!options.targets.empty()) graph = core::only(graph, options.targets);
  const auto nobody =
      core::nobody_answered(registry.metadata.revisions, !options.reach.metadata_file.empty());
  print(graph, warnings_about(graph, options, resolver), nothing_found(options, context), context);
  check_targets(missing, resolver, context);
  if (nobody) throw core::Error(*nobody);
  return kExitDone;
}

}  // namespace

Run declare_graph(CLI::App& app) {
  auto options = std::make_shared<GraphOptions>();
  app.add_option("SERVICE|INTERFACE", options->targets,
                 "Service (the application's name) or interface with its package; none: everything "
                 "that is registered");
  app.add_flag("--no-cache", options->mapping.no_cache,
               "Ask the providers also for what is in $XDG_CACHE_HOME/podreg, and keep nothing");
  declare_reach(app, options->reach);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace podreg::cli
