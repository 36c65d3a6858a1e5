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
#include "output/metadata_listing.h"

namespace podreg::cli {

namespace {

struct MetadataOptions {
  std::vector<std::string> targets;
  std::string revision;
  ReachOptions reach;
};

constexpr std::string_view kPodPrefix = "pod/";

std::vector<core::Instance> instances_of_pod(const std::string& pod, Context& context) {
  core::check_pod_name(pod);
  core::Cluster& cluster = context.cluster();
  const auto ns = context.ns();
  auto found =
      core::gather_instances_of_pod(cluster, {ns, std::nullopt, context.endpoint_source()}, pod);
  // A snapshot keeps no pods that are no instances, so it is not known whether there is one.
  if (!found && !context.uses_snapshot()) {
    throw core::Error(core::ErrorKind::not_found,
                      fmt::format("pod \"{}\" not found in {}", pod, in_words(ns)));
  }
  if (!found || found->empty()) {
    throw core::Error(
        core::ErrorKind::not_found,
        fmt::format("pod \"{}\" is no instance of a Service in {}", pod, in_words(ns)),
        "podreg instances SERVICE says why an address was left out");
  }
  return *std::move(found);
}

ServiceInstances gather(const MetadataOptions& options, Context& context) {
  std::vector<std::string> services;
  std::vector<std::string> pods;
  for (const auto& target : options.targets) {
    if (target.starts_with(kPodPrefix)) {
      pods.push_back(target.substr(kPodPrefix.size()));
    } else {
      services.push_back(target);
    }
  }
  if (pods.empty()) return instances_of(services, context);
  context.cluster();  // pods may be of any Service, so a snapshot keeps all
  auto found = services.empty() ? ServiceInstances{} : instances_of(services, context);
  for (const auto& pod : pods) {
    auto more = instances_of_pod(pod, context);
    std::ranges::move(more, std::back_inserter(found.discovery.instances));
  }
  return found;
}

std::vector<core::RevisionGroup> groups_of(const MetadataOptions& options,
                                           const ServiceInstances& found) {
  auto groups = core::group_by_revision(found.discovery.instances);
  if (options.revision.empty()) return groups;
  std::erase_if(groups, [&](const core::RevisionGroup& group) {
    return !group.revision.starts_with(options.revision);
  });
  if (groups.empty()) {
    throw core::Error(core::ErrorKind::not_found,
                      fmt::format("revision \"{}\" is not registered", options.revision),
                      "podreg metadata without --revision shows all");
  }
  return groups;
}

int run(const MetadataOptions& options, Context& context) {
  auto found = gather(options, context);
  const auto groups = groups_of(options, found);
  auto metadata = Reach(options.reach, context).metadata_of(groups);
  const auto nobody = core::nobody_answered(metadata.revisions);
  core::put_first(metadata.warnings, std::move(found.discovery.warnings));
  context.printer().print(
      output::MetadataListing(std::move(metadata), no_instances(found, context)));
  check_existence(found, context);
  if (nobody) throw core::Error(*nobody);
  return kExitDone;
}

}  // namespace

Run declare_metadata(CLI::App& app) {
  auto options = std::make_shared<MetadataOptions>();
  app.add_option("SERVICE|pod/NAME", options->targets,
                 "Service (the application's name) or pod; several may be given")
      ->required();
  app.add_option("--revision", options->revision,
                 "Only this revision, or those that begin with it");
  declare_reach(app, options->reach);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace podreg::cli
