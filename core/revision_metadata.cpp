#include "core/revision_metadata.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace podreg::core {

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
  const RevisionMetadata* shown = nullptr;
  std::size_t asked = 0;
  for (const auto& revision : revisions) {
    if (revision.info) return std::nullopt;
    if (!revision.failure) continue;
    ++asked;
    const bool tells_more = revision.failure->kind() == ErrorKind::invalid_data &&
                            (shown == nullptr || shown->failure->kind() != ErrorKind::invalid_data);
    if (shown == nullptr || tells_more) shown = &revision;
  }
  if (shown == nullptr) return std::nullopt;
  const bool bad_answer = shown->failure->kind() == ErrorKind::invalid_data;
  const auto whose = asked == 1 ? fmt::format("revision {}", shown->group.revision)
                                : fmt::format("any of {} revisions", asked);
  return Error(bad_answer ? ErrorKind::invalid_data : ErrorKind::unreachable,
               fmt::format("no instance answered for the MetadataInfo of {}: {}", whose,
                           shown->failure->what()),
               bad_answer ? "--metadata-file gives the MetadataInfo instead"
                          : "--via and --connect say how pods are reached; --metadata-file gives "
                            "the MetadataInfo instead");
}

MetadataByRevision by_revision(const std::vector<RevisionMetadata>& revisions) {
  MetadataByRevision result;
  for (const auto& one : revisions) {
    if (one.info) result.emplace(one.group.revision, *one.info);
  }
  return result;
}

}  // namespace podreg::core
