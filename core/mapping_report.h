// What `podreg mapping` has to say: who provides interfaces, who says so, and where those who say
// it differ from what is registered.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/mapping.h"
#include "core/provider_index.h"
#include "core/warning.h"

namespace podreg::core {

struct MappingReport {
  std::vector<Mapping> mappings;     // in the order of the queries, then of the sources; each once
  std::vector<Warning> warnings;     // where a mapping differs from the cluster
  std::vector<std::string> missing;  // interfaces that no source knows, each once
};

// Of each query the mapping of the first source that knows the interface, or of every one that
// does. The cluster completes what the other sources say. `cluster` may be nullptr when nobody
// could tell what is registered; then an interface that the others do not know is missing.
MappingReport report_mappings(const std::vector<InterfaceQuery>& queries,
                              const StatedSources& stated, const ProviderIndex* cluster,
                              bool all_sources);

// Every interface that a source knows by its name: the cache and the cluster.
std::set<std::string> known_interfaces(const StatedSources& stated, const ProviderIndex& cluster);

// The same of every such interface, sorted. Sources that say the same of all interfaces take no
// part.
MappingReport report_all_mappings(const StatedSources& stated, const ProviderIndex& cluster,
                                  bool all_sources);

}  // namespace podreg::core
