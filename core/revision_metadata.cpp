#include "core/revision_metadata.h"

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

MetadataByRevision by_revision(const std::vector<RevisionMetadata>& revisions) {
  MetadataByRevision result;
  for (const auto& one : revisions) {
    if (one.info) result.emplace(one.group.revision, *one.info);
  }
  return result;
}

}  // namespace podreg::core
