// podreg mapping: step 2 of the registry, from interfaces to the applications that provide them.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "cli/interface_resolver.h"
#include "core/error.h"
#include "core/mapping_report.h"
#include "output/mapping_listing.h"

namespace podreg::cli {

namespace {

using core::Error;
using core::ErrorKind;

struct MappingCommandOptions {
  std::vector<std::string> targets;
  bool all_sources = false;
  MappingOptions mapping;
  ReachOptions reach;
};

// A list of applications says the same of every interface, so it answers for named ones only.
void refuse_without_interface(const MappingOptions& options) {
  const auto refuse = [](const char* flag) {
    throw Error(ErrorKind::usage, fmt::format("{} is about an interface, and none is named", flag),
                "podreg mapping without it lists the interfaces there are");
  };
  if (!options.provided_by.empty()) refuse("--provided-by");
  if (!options.subscribed_services.empty()) refuse("--subscribed-services");
}

// The cluster as a source that may fail while others answer.
class ClusterSource {
 public:
  explicit ClusterSource(InterfaceResolver& resolver) {
    try {
      providers = &resolver.registry().providers;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::unreachable && error.kind() != ErrorKind::not_allowed) throw;
      failure = error;
    }
  }

  const core::ProviderIndex* providers = nullptr;  // nullptr: it failed
  std::optional<Error> failure;
};

core::Warning warning_about(const Error& failure) {
  core::Warning warning{core::WarningCode::mapping_source_failed, {}, {}, {}, {}, {}};
  warning.detail = fmt::format("what is registered cannot be asked for: {}", failure.what());
  return warning;
}

// With an error behind it, an empty list needs no sentence.
void print(core::MappingReport& report, std::vector<core::Warning> earlier, bool fails,
           Context& context) {
  core::put_first(report.warnings, std::move(earlier));
  const auto ns = context.ns();
  const auto nothing =
      fails ? std::string()
            : fmt::format("No interfaces found in {}.{}", in_words(ns), context.other_namespaces());
  context.printer().print(output::MappingListing(
      std::move(report.mappings), std::move(report.warnings), {.show_namespace = !ns}, nothing));
}

int list_all(const MappingCommandOptions& options, Context& context) {
  refuse_without_interface(options.mapping);
  InterfaceResolver resolver(options.mapping, options.reach, context);
  auto report = core::report_all_mappings(resolver.stated(), resolver.registry().providers,
                                          options.all_sources);
  const auto nobody = core::nobody_answered(resolver.registry().metadata.revisions,
                                            !options.reach.metadata_file.empty());
  auto earlier = resolver.all_warnings();
  core::put_first(earlier, resolver.warnings_about_sources());
  print(report, std::move(earlier), nobody.has_value(), context);
  if (nobody) throw Error(*nobody);
  return kExitDone;
}

int run(const MappingCommandOptions& options, Context& context) {
  if (options.targets.empty()) return list_all(options, context);
  std::vector<core::InterfaceQuery> queries;
  for (const auto& target : options.targets) queries.push_back(core::InterfaceQuery::parse(target));
  InterfaceResolver resolver(options.mapping, options.reach, context);
  const ClusterSource cluster(resolver);
  auto report =
      core::report_mappings(queries, resolver.stated(), cluster.providers, options.all_sources);
  const auto missing = report.missing;
  auto earlier = resolver.warnings_about(report.mappings);
  core::put_first(earlier, resolver.warnings_about_sources());
  // Without the cluster it is not known whether an interface is missing.
  const bool answered = missing.empty() && !options.all_sources;
  if (cluster.failure && answered) earlier.push_back(warning_about(*cluster.failure));
  print(report, std::move(earlier), !missing.empty(), context);
  if (cluster.failure && !answered) throw Error(*cluster.failure);
  if (!missing.empty()) throw resolver.not_found(missing);
  return kExitDone;
}

}  // namespace

Run declare_mapping(CLI::App& app) {
  auto options = std::make_shared<MappingCommandOptions>();
  app.add_option("INTERFACE|URL", options->targets,
                 "Interface with its package, or consumer's URL; without any, every interface");
  app.add_flag("--all-sources", options->all_sources,
               "What every source says, the first of which is the one that counts");
  declare_mapping_sources(app, options->mapping);
  declare_reach(app, options->reach);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace podreg::cli
