// podreg metadata: the MetadataInfo of each revision that is registered, and whether it is its own.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "cli/reach.h"
#include "cli/service_instances.h"
#include "core/error.h"
#include "core/gather.h"
#include "core/names.h"
#include "core/warning.h"
#include "output/metadata_listing.h"

namespace podreg::cli {

namespace {

struct MetadataOptions {
  std::vector<std::string> targets;
  std::string revision;
  ReachOptions reach;
};

constexpr std::string_view kPodPrefix = "pod/";

// What there is of the targets, and what is to be thrown when it has been printed.
struct Gathered {
  ServiceInstances found;
  std::vector<core::Error> faults;  // of pods that do not exist or are no instances
};

// Why a pod that Endpoints name, or do not name, is no instance.
core::Error no_instance(const std::string& pod, const core::Discovery& found, Context& context) {
  if (!found.warnings.empty()) {
    return {core::ErrorKind::not_found, "no instance: " + core::message(found.warnings.front()),
            "podreg instances SERVICE says the same of all pods of a Service"};
  }
  return {core::ErrorKind::not_found,
          fmt::format("pod \"{}\" is no instance of a Service in {}: no Endpoints name it", pod,
                      in_words(context.ns())),
          "they name the pods whose labels the selector of a Service matches"};
}

void add_instances_of_pod(const std::string& pod, Context& context, Gathered& gathered) {
  const auto ns = context.ns();
  auto found = core::gather_instances_of_pod(context.cluster(),
                                             {ns, std::nullopt, context.endpoint_source()}, pod);
  // A snapshot keeps no pods that are no instances, so it is not known whether there is one.
  if (!found && !context.uses_snapshot()) {
    gathered.faults.emplace_back(core::ErrorKind::not_found,
                                 fmt::format("pod \"{}\" not found in {}", pod, in_words(ns)));
  } else if (!found || found->instances.empty()) {
    gathered.faults.push_back(no_instance(pod, found.value_or(core::Discovery{}), context));
  } else {
    auto& all = gathered.found.discovery;
    std::ranges::move(found->instances, std::back_inserter(all.instances));
    std::ranges::move(found->warnings, std::back_inserter(all.warnings));
  }
}

Gathered gather(const MetadataOptions& options, Context& context) {
  std::vector<std::string> services;
  std::vector<std::string> pods;
  for (const auto& target : options.targets) {
    if (target.starts_with(kPodPrefix)) {
      pods.push_back(target.substr(kPodPrefix.size()));
      core::check_pod_name(pods.back());
    } else {
      services.push_back(target);
    }
  }
  if (pods.empty()) return {instances_of(services, context), {}};
  context.cluster();  // pods may be of any Service, so a snapshot keeps all
  Gathered gathered;
  if (!services.empty()) gathered.found = instances_of(services, context);
  for (const auto& pod : without_repetitions(pods)) add_instances_of_pod(pod, context, gathered);
  return gathered;
}

// Everything that is missing, in one error.
void throw_faults(const Gathered& gathered, Context& context) {
  auto faults = gathered.faults;
  try {
    check_existence(gathered.found, context);
  } catch (const core::Error& error) {
    faults.insert(faults.begin(), error);
  }
  if (faults.empty()) return;
  std::string messages;
  for (const auto& fault : faults) {
    messages += (messages.empty() ? "" : "; ") + std::string(fault.what());
  }
  throw core::Error(faults.front().kind(), messages, faults.front().hint());
}

// The sentence for no revisions, of which a warning or an error may have said more.
std::string nothing_found(const Gathered& gathered, const Context& context) {
  if (!gathered.found.discovery.instances.empty()) return "No revisions found.";
  return no_instances(gathered.found, context);
}

std::vector<core::RevisionGroup> groups_of(const MetadataOptions& options,
                                           const ServiceInstances& found) {
  auto groups = core::group_by_revision(found.discovery.instances);
  if (options.revision.empty()) return groups;
  std::erase_if(groups, [&](const core::RevisionGroup& group) {
    return !group.revision.starts_with(options.revision);
  });
  if (groups.empty() && !found.discovery.instances.empty()) {
    throw core::Error(core::ErrorKind::not_found,
                      fmt::format("revision \"{}\" is not registered", options.revision),
                      "podreg metadata without --revision shows all");
  }
  return groups;
}

int run(const MetadataOptions& options, Context& context) {
  auto gathered = gather(options, context);
  auto& discovery = gathered.found.discovery;
  const auto groups = groups_of(options, gathered.found);
  auto metadata = Reach(options.reach, context).metadata_of(groups);
  const auto nobody =
      core::nobody_answered(metadata.revisions, !options.reach.metadata_file.empty());
  core::put_first(metadata.warnings, core::skipped_instances(discovery.instances));
  core::put_first(metadata.warnings, std::move(discovery.warnings));
  context.printer().print(output::MetadataListing(
      std::move(metadata),
      {.show_namespace = !context.ns(), .show_application = options.targets.size() > 1},
      nothing_found(gathered, context)));
  throw_faults(gathered, context);
  if (nobody) throw core::Error(*nobody);
  return kExitDone;
}

}  // namespace

Run declare_metadata(CLI::App& app) {
  auto options = std::make_shared<MetadataOptions>();
  app.add_option("SERVICE|pod/NAME", options->targets,
                 "Service (the application's name) or pod; several may be given")
      ->required();
  app.add_option("--revision", options->revision, "Only this revision, or those that begin with it")
      ->type_name("REVISION");
  declare_reach(app, options->reach);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace podreg::cli
