#include "core/revision_metadata.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <tuple>

#include "core/short_text.h"

namespace podreg::core {
namespace {

bool is_bad_answer(const PodFailure& failure) {
  return failure.error.kind() == ErrorKind::invalid_data;
}

}  // namespace

std::vector<RevisionGroup> group_by_revision(const std::vector<Instance>& instances) {
  std::vector<RevisionGroup> groups;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> index;
  std::set<std::tuple<std::size_t, std::string, std::string>> seen;
  for (const Instance& instance : instances) {
    const std::string revision(instance.metadata->revision());
    if (!exports_services(revision)) continue;
    const auto [found, added] =
        index.emplace(std::tuple(instance.ns, instance.service_name, revision), groups.size());
    if (added) groups.push_back({instance.service_name, instance.ns, revision, {}});
    // Step 3 gives an instance for every port of a pod.
    if (seen.emplace(found->second, instance.pod, instance.host).second) {
      groups[found->second].instances.push_back(instance);
    }
  }
  return groups;
}

std::optional<Error> nobody_answered(const std::vector<RevisionMetadata>& revisions) {
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
  const std::string ways = bad ? "" : "--via and --connect say how pods are reached; ";
  return Error(bad ? ErrorKind::invalid_data : ErrorKind::unreachable,
               fmt::format("{} for the MetadataInfo of {}: {}",
                           shown->asked ? "no instance answered" : "no instance could be asked",
                           whose, short_text(message(*shown))),
               shown->error.hint().empty() ? ways + "--metadata-file gives the MetadataInfo instead"
                                           : shown->error.hint());
}

MetadataByRevision by_revision(const std::vector<RevisionMetadata>& revisions) {
  MetadataByRevision result;
  for (const auto& one : revisions) {
    if (one.info) result.emplace(one.group.revision, *one.info);
  }
  return result;
}

}  // namespace podreg::core
