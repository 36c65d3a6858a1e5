#include "core/service_summary.h"

#include <set>
#include <unordered_set>

namespace podreg::core {

ServiceSummary summarize(const ServiceState& state, const Discovery& discovery) {
  ServiceSummary summary{.ns = state.ns,
                         .name = state.name,
                         .type = state.service->type,
                         .selector = state.service->selector,
                         .ports = state.service->ports,
                         .ready_addresses = state.endpoints ? ready_addresses(*state.endpoints) : 0,
                         .instances = discovery.instances.size(),
                         .revisions = {},
                         .protocols = {}};
  std::set<std::string> revisions;
  std::set<std::string> protocols;
  std::unordered_set<const Metadata*> seen;  // the ports of a pod share their metadata
  for (const Instance& instance : discovery.instances) {
    if (!seen.insert(instance.metadata.get()).second) continue;
    if (const auto revision = instance.metadata->revision(); !revision.empty()) {
      revisions.emplace(revision);
    }
    for (auto& endpoint : instance.metadata->endpoints())
      protocols.insert(std::move(endpoint.protocol));
  }
  summary.revisions.assign(revisions.begin(), revisions.end());
  summary.protocols.assign(protocols.begin(), protocols.end());
  return summary;
}

}  // namespace podreg::core
