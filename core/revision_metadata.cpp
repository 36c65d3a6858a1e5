#include "core/revision_metadata.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include "core/short_text.h"

namespace podreg::core {
namespace {

bool is_bad_answer(const PodFailure& failure) {
  return failure.error.kind() == ErrorKind::invalid_data;
}

bool is_same(const RevisionGroup& one, const RevisionGroup& other) {
  return std::tie(one.ns, one.application, one.revision) ==
         std::tie(other.ns, other.application, other.revision);
}

}  // namespace

std::vector<RevisionGroup> group_by_revision(const std::vector<Instance>& instances) {
  std::vector<RevisionGroup> groups;
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>, std::size_t> index;
  std::set<std::tuple<std::size_t, std::string_view, std::string_view>> seen;
  for (const Instance& instance : instances) {
    const auto revision = instance.metadata->revision();
    if (!exports_services(revision)) continue;
    const auto [found, added] =
        index.try_emplace({instance.ns, instance.service_name, revision}, groups.size());
    if (added) {
      groups.push_back({instance.service_name, instance.ns, std::string(revision), {}});
    }
    // Step 3 gives an instance for every port of a pod.
    if (seen.emplace(found->second, instance.pod, instance.host).second) {
      groups[found->second].instances.push_back(instance);
    }
  }
  return groups;
}

std::vector<Warning> skipped_instances(const std::vector<Instance>& instances) {
  std::vector<Warning> warnings;
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  for (const Instance& instance : instances) {
    const auto revision = instance.metadata->revision();
    if (exports_services(revision)) continue;
    if (!seen.emplace(instance.ns, instance.service_name, instance.pod).second) continue;
    warnings.push_back(
        {WarningCode::exports_nothing, instance.ns, instance.service_name, instance.host,
         instance.pod,
         revision.empty() ? std::string("no revision") : fmt::format("revision {}", revision)});
  }
  return warnings;
}

std::optional<Error> nobody_answered(const std::vector<RevisionMetadata>& revisions,
                                     bool file_given) {
  const PodFailure* shown = nullptr;
  std::string revision;
  std::size_t asked = 0;
  for (const auto& one : revisions) {
    if (one.info) return std::nullopt;
    if (!one.failure) continue;
    ++asked;
    if (shown != nullptr && (!is_bad_answer(*one.failure) || is_bad_answer(*shown))) continue;
    shown = &*one.failure;
    revision = one.group.revision;
  }
  if (shown == nullptr) return std::nullopt;
  const auto whose =
      asked == 1 ? "revision " + revision : fmt::format("any of {} revisions", asked);
  const bool bad = is_bad_answer(*shown);
  const std::string ways = bad ? "" : "--via and --connect say how pods are reached";
  const std::string file = file_given ? "" : "--metadata-file gives the MetadataInfo instead";
  return Error(bad ? ErrorKind::invalid_data : ErrorKind::unreachable,
               fmt::format("{} for the MetadataInfo of {}: {}",
                           shown->asked ? "no instance answered" : "no instance could be asked",
                           whose, short_text(message(*shown))),
               shown->error.hint().empty()
                   ? ways + (ways.empty() || file.empty() ? "" : "; ") + file
                   : shown->error.hint());
}

void replace(MetadataGathering& known, MetadataGathering anew) {
  const auto is_asked = [&](const Warning& warning) {
    return std::ranges::any_of(anew.revisions, [&](const RevisionMetadata& one) {
      return one.group.ns == warning.ns && one.group.application == warning.service;
    });
  };
  std::erase_if(known.warnings, is_asked);
  for (auto& one : anew.revisions) {
    const auto place = std::ranges::find_if(known.revisions, [&](const RevisionMetadata& old) {
      return is_same(old.group, one.group);
    });
    if (place != known.revisions.end()) *place = std::move(one);
  }
  for (auto& warning : anew.warnings) {
    if (std::ranges::find(known.warnings, warning) == known.warnings.end()) {
      known.warnings.push_back(std::move(warning));
    }
  }
}

MetadataByRevision by_revision(const std::vector<RevisionMetadata>& revisions) {
  MetadataByRevision result;
  for (const auto& one : revisions) {
    if (one.info) result.emplace(one.group.revision, *one.info);
  }
  return result;
}

}  // namespace podreg::core
