#include "rpc/metadata_gathering.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <thread>

#include "core/error.h"
#include "core/metadata_service.h"
#include "core/short_text.h"
#include "rpc/dubbo_message.h"
#include "rpc/parallel.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;
using core::Instance;
using core::RevisionGroup;
using core::Warning;
using core::WarningCode;

namespace {

// What became of one revision.
struct Outcome {
  core::RevisionMetadata metadata;
  std::vector<Warning> warnings;
};

Warning warning_about(WarningCode code, const RevisionGroup& group, const Instance& instance,
                      std::string detail) {
  return {code, group.ns, group.application, instance.host, instance.pod, std::move(detail)};
}

// The instances in the order in which they are asked: a random one first, as Dubbo does.
std::vector<const Instance*> candidates(const RevisionGroup& group,
                                        const GatheringOptions& options) {
  std::vector<const Instance*> order;
  for (const auto& instance : group.instances) order.push_back(&instance);
  std::minstd_rand random(static_cast<std::minstd_rand::result_type>(
      options.seed ^ std::hash<std::string>()(group.revision)));
  std::ranges::shuffle(order, random);
  order.resize(std::min(order.size(), std::max<std::size_t>(options.attempts, 1)));
  return order;
}

void check_services(Outcome& outcome, const Instance& instance) {
  std::string keys;
  std::size_t count = 0;
  for (const auto& [key, service] : outcome.metadata.info->services) {
    if (!service.has_url() && count++ == 0) keys = fmt::format("\"{}\"", key);
  }
  if (count == 0) return;
  if (count > 1) keys += fmt::format(" and {} more", count - 1);
  outcome.warnings.push_back(warning_about(WarningCode::service_without_url, outcome.metadata.group,
                                           instance, core::short_text(keys)));
}

void check_application(Outcome& outcome, const Instance& instance) {
  const auto& group = outcome.metadata.group;
  const auto& app = outcome.metadata.info->app;
  if (app.empty() || app == group.application) return;
  outcome.warnings.push_back(
      warning_about(WarningCode::application_name_differs, group, instance,
                    core::short_text(fmt::format("\"{}\" in revision {}", app, group.revision))));
}

void check_answer(Outcome& outcome, const Instance& instance) {
  check_services(outcome, instance);
  check_application(outcome, instance);
  const auto& group = outcome.metadata.group;
  const auto& info = *outcome.metadata.info;
  if (!info.revision.empty() && info.revision != group.revision) {
    outcome.warnings.push_back(
        warning_about(WarningCode::metadata_revision_differs, group, instance,
                      fmt::format("{} instead of {}", info.revision, group.revision)));
  } else if (outcome.metadata.computed_revision != group.revision) {
    outcome.warnings.push_back(warning_about(
        outcome.metadata.source == core::kFromFile ? WarningCode::metadata_file_not_its_revision
                                                   : WarningCode::metadata_not_its_revision,
        group, instance,
        fmt::format("{} instead of {}", outcome.metadata.computed_revision, group.revision)));
  }
}

// A bad answer says more than none, and both more than that nobody was asked.
int weight_of(const core::PodFailure& failure) {
  if (!failure.asked) return 0;
  return failure.error.kind() == ErrorKind::invalid_data ? 2 : 1;
}

void keep_failure(core::PodFailure failure, core::RevisionMetadata& metadata) {
  const auto& kept = metadata.failure;
  if (!kept || weight_of(failure) > weight_of(*kept)) metadata.failure = std::move(failure);
}

core::MetadataSource::Answer ask(core::MetadataSource& source, const Instance& instance,
                                 const GatheringOptions& options) {
  const auto deadline = [&] { return std::chrono::steady_clock::now() + options.timeout; };
  try {
    return source.ask(instance, deadline());
  } catch (const Error& error) {
    if (!may_be_decoded_next_time(std::string_view(error.what()))) throw;
  }
  return source.ask(instance, deadline());
}

// False when this instance did not answer.
bool ask_one(core::MetadataSource& source, const Instance& instance,
             const GatheringOptions& options, Outcome& outcome) {
  try {
    auto answer = ask(source, instance, options);
    outcome.metadata.computed_revision = answer.info.compute_revision();
    outcome.metadata.info = std::move(answer.info);
    outcome.metadata.source = std::move(answer.from);
    outcome.metadata.failure.reset();
    check_answer(outcome, instance);
    return true;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::not_allowed) throw;
    const bool asked = dynamic_cast<const core::NotAsked*>(&error) == nullptr;
    keep_failure({instance.pod, error, asked}, outcome.metadata);
    outcome.warnings.push_back(warning_about(WarningCode::metadata_answered_by_another,
                                             outcome.metadata.group, instance,
                                             core::short_text(error.what())));
    return false;
  }
}

// Reading what is known keeps a processor busy, so there are no more threads than those, and only
// where there is something to do for each.
std::size_t readers_of(std::size_t revisions) {
  constexpr std::size_t kAtLeast = 100;  // revisions for each
  constexpr std::size_t kAtMost = 4;
  return std::clamp<std::size_t>(
      revisions / kAtLeast, 1,
      std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kAtMost));
}

void take_what_is_known(const GatheringOptions& options, Outcome& outcome) {
  const auto& group = outcome.metadata.group;
  if (const auto known = options.known.find(group.revision); known != options.known.end()) {
    outcome.metadata.info = known->second;
    outcome.metadata.computed_revision = known->second.compute_revision();
    outcome.metadata.source = core::kFromFile;
    check_answer(outcome, group.instances.front());
  } else if (options.cache != nullptr) {
    outcome.metadata.info = options.cache->find(group.revision);
    if (!outcome.metadata.info) return;
    outcome.metadata.computed_revision = group.revision;
    outcome.metadata.source = core::kFromCache;
    check_services(outcome, group.instances.front());
    check_application(outcome, group.instances.front());
  }
}

void ask_for(core::MetadataSource& source, const GatheringOptions& options, Outcome& outcome) {
  const auto& group = outcome.metadata.group;
  if (const auto& first = group.instances.front(); core::is_stored_remotely(first)) {
    outcome.warnings.push_back(
        warning_about(WarningCode::metadata_in_center, group, first, "revision " + group.revision));
    return;
  }
  for (const Instance* instance : candidates(group, options)) {
    if (!ask_one(source, *instance, options, outcome)) continue;
    if (options.cache != nullptr) options.cache->keep(group.revision, *outcome.metadata.info);
    return;
  }
  // Nobody did: one warning about the revision in place of one about each.
  Warning last = std::move(outcome.warnings.back());
  const auto& failure = *outcome.metadata.failure;
  last.code = failure.asked ? WarningCode::metadata_not_answered : WarningCode::metadata_not_asked;
  const auto how_many =
      failure.asked ? fmt::format(", {} tried", outcome.warnings.size()) : std::string();
  last.detail = fmt::format("revision {}{}: {}", group.revision, how_many,
                            core::short_text(failure.error.what()));
  outcome.warnings = {std::move(last)};
}

}  // namespace

core::MetadataGathering gather_metadata(core::MetadataSource& source,
                                        std::vector<RevisionGroup> groups,
                                        const GatheringOptions& options) {
  std::vector<Outcome> outcomes(groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i) {
    outcomes[i].metadata.group = std::move(groups[i]);
  }
  for_each_parallel(outcomes.size(), readers_of(outcomes.size()),
                    [&](std::size_t i) {
                      take_what_is_known(options, outcomes[i]);
                      return true;
                    },
                    {});
  std::vector<Outcome*> unknown;
  for (auto& outcome : outcomes) {
    if (!outcome.metadata.info) unknown.push_back(&outcome);
  }
  for_each_parallel(
      unknown.size(), options.concurrency,
      [&](std::size_t i) {
        ask_for(source, options, *unknown[i]);
        return unknown[i]->metadata.info.has_value();
      },
      options.on_progress);
  if (options.cache != nullptr) options.cache->trim();
  core::MetadataGathering result;
  result.revisions.reserve(outcomes.size());
  for (auto& outcome : outcomes) {
    std::ranges::move(outcome.warnings, std::back_inserter(result.warnings));
    result.revisions.push_back(std::move(outcome.metadata));
  }
  return result;
}

}  // namespace podreg::rpc
