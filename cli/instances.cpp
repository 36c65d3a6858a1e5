// podreg instances: step 3 of the registry, and why any address was left out.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "core/error.h"
#include "core/gather.h"
#include "core/names.h"
#include "output/instance_listing.h"

namespace podreg::cli {

namespace {

struct InstancesOptions {
  std::vector<std::string> services;
};

// `Service "a"`, `Services "a", "b"`.
std::string quoted(const std::vector<std::string>& services) {
  return fmt::format("Service{} \"{}\"", services.size() == 1 ? "" : "s",
                     fmt::join(services, "\", \""));
}

std::vector<std::string> without_repetitions(const std::vector<std::string>& names) {
  std::vector<std::string> result;
  for (const std::string& name : names) {
    if (std::ranges::find(result, name) == result.end()) result.push_back(name);
  }
  return result;
}

struct Gathered {
  core::Discovery discovery;         // of all the Services
  std::vector<std::string> missing;  // names of Services that do not exist
};

Gathered gather(core::Cluster& cluster, const std::vector<std::string>& services,
                const Context& context) {
  Gathered all;
  for (const std::string& service : services) {
    bool exists = false;
    for (auto& found :
         core::gather_instances(cluster, {context.ns(), service, context.endpoint_source()})) {
      exists = exists || found.state.service.has_value();
      std::ranges::move(found.discovery.instances, std::back_inserter(all.discovery.instances));
      std::ranges::move(found.discovery.warnings, std::back_inserter(all.discovery.warnings));
    }
    if (!exists) all.missing.push_back(service);
  }
  return all;
}

int run(const InstancesOptions& options, Context& context) {
  for (const std::string& service : options.services) core::check_service_name(service);
  const auto services = without_repetitions(options.services);
  auto [discovery, missing] = gather(context.cluster(services), services, context);
  const auto ns = context.ns();
  const std::string where = in_words(ns);
  const bool all_missing = missing.size() == services.size();
  context.printer().print(output::InstanceListing(
      std::move(discovery.instances), std::move(discovery.warnings),
      {.show_namespace = !ns, .show_service = services.size() > 1},
      all_missing ? "" : fmt::format("No instances found for {} in {}.", quoted(services), where)));
  if (!missing.empty()) {
    throw core::Error(core::ErrorKind::not_found,
                      fmt::format("{} not found in {}", quoted(missing), where),
                      context.hint_for_missing_service(missing.front()));
  }
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
