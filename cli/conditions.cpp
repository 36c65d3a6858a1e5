#include "cli/conditions.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "cli/context.h"

namespace podreg::cli {
namespace {

// A Dubbo consumer asks again every 10 s.
constexpr std::int64_t kFirstPause = 1'000;
constexpr std::int64_t kLongestPause = 10'000;

core::RegistryPicture of_service(const core::RegistryPicture& picture, const std::string& service) {
  core::RegistryPicture result;
  std::ranges::copy_if(picture, std::back_inserter(result),
                       [&](const core::ServicePicture& one) { return one.name == service; });
  return result;
}

std::set<std::string> interfaces_of(const core::MetadataInfo& info) {
  std::set<std::string> interfaces;
  for (const auto& [key, service] : info.services) {
    interfaces.insert(service.name);
    interfaces.insert(service.service_key());
  }
  return interfaces;
}

}  // namespace

Conditions::Conditions(const std::vector<std::string>& texts, const ReachOptions& reach,
                       Context& context, core::Clock& clock)
    : reach_options_(reach), context_(context), clock_(clock) {
  for (const std::string& text : texts) conditions_.push_back(core::WaitCondition::parse(text));
}

std::string Conditions::text() const {
  std::string all;
  for (const core::WaitCondition& condition : conditions_) {
    if (!all.empty()) all += ", ";
    all += condition.text();
  }
  return all;
}

std::string Conditions::missing(const core::RegistryPicture& picture,
                                const std::vector<std::string>& services) {
  // All at once: a call for each Service and condition would take its silence for itself alone.
  if (std::ranges::any_of(conditions_, &core::WaitCondition::is_about_interfaces))
    ask_providers(picture);
  std::string all;
  for (const std::string& service : services) {
    const auto one = missing_of(of_service(picture, service), service);
    if (one.empty()) continue;
    if (!all.empty()) all += "; ";
    all += services.size() > 1 ? fmt::format("Service \"{}\": {}", service, one) : one;
  }
  return all;
}

std::string Conditions::missing_of(const core::RegistryPicture& picture,
                                   const std::string& service) const {
  std::string all;
  for (const core::WaitCondition& condition : conditions_) {
    const auto provided =
        condition.is_about_interfaces() ? provided_by(picture) : core::ProvidedInterfaces{};
    const auto one = condition.missing(picture, service, provided);
    if (one.empty()) continue;
    if (!all.empty()) all += "; ";
    all += conditions_.size() > 1 ? fmt::format("{}: {}", condition.text(), one) : one;
  }
  return all;
}

core::ProvidedInterfaces Conditions::provided_by(const core::RegistryPicture& picture) const {
  core::ProvidedInterfaces provided;
  for (const auto& group : core::group_by_revision(core::instances_of(picture))) {
    const auto known = interfaces_.find({group.ns, group.application, group.revision});
    if (known == interfaces_.end()) {
      provided.unanswered.push_back(group.revision);
    } else {
      provided.names.insert(known->second.begin(), known->second.end());
    }
  }
  return provided;
}

Conditions::Provider Conditions::provider_of(const core::Instance& instance) {
  return {instance.ns, instance.service_name, instance.pod, instance.host};
}

// Whether all of them were asked last, in vain, and none has registered anew since.
bool Conditions::were_silent(const std::vector<core::RevisionGroup>& groups) const {
  return std::ranges::all_of(groups, [&](const core::RevisionGroup& group) {
    return std::ranges::all_of(group.instances, [&](const core::Instance& one) {
      const auto known = silent_.find(provider_of(one));
      return known != silent_.end() && *known->second == *one.metadata;
    });
  });
}

// Revisions of which nothing is known yet. What has just been asked in vain is left alone for a
// while; another picture may bring other instances of the same revision.
void Conditions::ask_providers(const core::RegistryPicture& picture) {
  auto groups = core::group_by_revision(core::instances_of(picture));
  std::erase_if(groups, [&](const core::RevisionGroup& group) {
    return interfaces_.contains({group.ns, group.application, group.revision});
  });
  if (!were_silent(groups)) {
    ask_pause_ = 0;
  } else if (ask_again_at_ && !groups.empty() && clock_.steady_milliseconds() < *ask_again_at_) {
    return;
  }
  ask(groups);
}

void Conditions::ask(const std::vector<core::RevisionGroup>& groups) {
  silent_.clear();
  ask_again_at_.reset();
  if (groups.empty()) return;
  if (!reach_) reach_ = std::make_unique<Reach>(reach_options_, context_);
  for (const auto& revision : reach_->metadata_of(groups).revisions) {
    const auto& group = revision.group;
    if (revision.info) {
      interfaces_[{group.ns, group.application, group.revision}] = interfaces_of(*revision.info);
      continue;
    }
    for (const auto& one : group.instances) silent_.emplace(provider_of(one), one.metadata);
  }
  if (silent_.empty()) return;
  ask_pause_ = std::clamp(ask_pause_ * 2, kFirstPause, kLongestPause);
  ask_again_at_ = clock_.steady_milliseconds() + ask_pause_;
}

}  // namespace podreg::cli
