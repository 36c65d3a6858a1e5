#include "cli/service_instances.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "cli/context.h"
#include "core/error.h"
#include "core/gather.h"
#include "core/names.h"
#include "core/quoted.h"

namespace podreg::cli {
namespace {

// `Service "a"`, `Services "a", "b"`.
std::string quoted(const std::vector<std::string>& services) {
  return fmt::format("Service{} {}", services.size() == 1 ? "" : "s", core::quoted(services));
}

}  // namespace

std::vector<std::string> without_repetitions(const std::vector<std::string>& names) {
  std::vector<std::string> result;
  for (const std::string& name : names) {
    if (std::ranges::find(result, name) == result.end()) result.push_back(name);
  }
  return result;
}

ServiceInstances instances_of(const std::vector<std::string>& services, Context& context) {
  for (const std::string& service : services) core::check_service_name(service);
  ServiceInstances all;
  all.services = without_repetitions(services);
  core::Cluster& cluster = context.cluster(all.services);
  for (const std::string& service : all.services) {
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

std::string no_instances(const ServiceInstances& found, const Context& context) {
  if (found.missing.size() == found.services.size()) return {};
  return fmt::format("No instances found for {} in {}.", quoted(found.services),
                     in_words(context.ns()));
}

void check_existence(const ServiceInstances& found, const Context& context) {
  if (found.missing.empty()) return;
  throw core::Error(
      core::ErrorKind::not_found,
      fmt::format("{} not found in {}", quoted(found.missing), in_words(context.ns())),
      context.hint_for_missing_service(found.missing.front()));
}

}  // namespace podreg::cli
