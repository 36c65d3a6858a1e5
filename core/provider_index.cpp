#include "core/provider_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace podreg::core {
namespace {

void add(std::vector<std::string>& names, const std::string& name) {
  const auto place = std::ranges::lower_bound(names, name);
  if (place == names.end() || *place != name) names.insert(place, name);
}

bool names(const auto& applications, std::string_view application) {
  return std::ranges::any_of(applications,
                             [&](const auto& one) { return one.second == application; });
}

}  // namespace

ProviderIndex::ProviderIndex(const std::vector<Instance>& instances,
                             const std::vector<RevisionMetadata>& revisions) {
  for (const auto& instance : instances) registered_.emplace(instance.ns, instance.service_name);
  for (const auto& revision : revisions) {
    const auto& group = revision.group;
    const Application application(group.ns, group.application);
    if (!revision.info) {
      incomplete_.insert(application);
      continue;
    }
    for (const auto& [key, service] : revision.info->services) {
      if (!service.has_url()) continue;
      Provider& provider = providers_[service.name][application];
      provider.ns = group.ns;
      provider.application = group.application;
      provider.known = true;
      add(provider.versions, service.version);
      add(provider.groups, service.group);
      add(provider.protocols, service.protocol);
      add(provider.revisions, group.revision);
    }
  }
}

Mapping ProviderIndex::find(std::string_view interface) const {
  Mapping mapping{std::string(interface), MappingSource::cluster, {}};
  if (const auto found = providers_.find(interface); found != providers_.end()) {
    for (const auto& [application, provider] : found->second) mapping.providers.push_back(provider);
  }
  return mapping;
}

std::set<std::string> ProviderIndex::interfaces() const {
  std::set<std::string> names;
  for (const auto& [interface, providers] : providers_) names.insert(interface);
  return names;
}

bool ProviderIndex::is_registered(std::string_view application) const {
  return names(registered_, application);
}

bool ProviderIndex::is_known(std::string_view application) const {
  return !names(incomplete_, application);
}

void ProviderIndex::complete(Mapping& stated) const {
  const auto actual = find(stated.interface).providers;
  std::vector<Provider> completed;
  for (const auto& provider : stated.providers) {
    const auto before = completed.size();
    std::ranges::copy_if(actual, std::back_inserter(completed), [&](const Provider& one) {
      return one.application == provider.application;
    });
    if (completed.size() != before) continue;
    completed.push_back(provider);
    completed.back().known = is_known(provider.application);
  }
  stated.providers = std::move(completed);
}

std::vector<Warning> ProviderIndex::differences(const Mapping& stated) const {
  std::vector<Warning> warnings;
  const auto warn = [&](WarningCode code, const Provider& provider) {
    Warning warning{code, provider.ns, provider.application, {}, {}, {}};
    warning.detail = fmt::format("{} ({})", stated.interface, to_string(stated.source));
    warnings.push_back(std::move(warning));
  };
  for (const auto& provider : stated.providers) {
    if (!provider.versions.empty()) continue;
    if (!is_registered(provider.application)) {
      warn(WarningCode::application_not_registered, provider);
    } else if (provider.known) {
      warn(WarningCode::interface_not_provided, provider);
    }
  }
  const auto applications = stated.applications();
  for (const auto& provider : find(stated.interface).providers) {
    if (std::ranges::find(applications, provider.application) == applications.end()) {
      warn(WarningCode::provider_left_out, provider);
    }
  }
  return warnings;
}

}  // namespace podreg::core
