// Gathers from a Cluster what the join of step 3 needs, with as few requests as possible, and joins
// it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/cluster.h"
#include "core/discovery.h"
#include "core/service_summary.h"

namespace podreg::core {

// The Services of the query and what was discovered of each, in the order of `Cluster::services`.
struct DiscoveredService {
  ServiceState state;
  Discovery discovery;
};

// For a query that names a Service: two rounds of requests, Service with Endpoints, then the pods
// of its selector. Of the pods only those are kept that an address names. Throws what Cluster
// throws.
std::vector<DiscoveredService> gather_instances(Cluster& cluster, const ServiceQuery& query);

// The instances of one pod, of whichever Services, and the warnings about that pod alone: one round
// of requests for Services and Endpoints, then the pod alone, by its name in each namespace where
// Endpoints name it, ready or not. Nothing when the query has a namespace in which there is no such
// pod. Throws what Cluster throws.
std::optional<Discovery> gather_instances_of_pod(Cluster& cluster, const ServiceQuery& query,
                                                 const std::string& pod);

struct ServiceSummaries {
  std::vector<ServiceSummary> services;
  // Of the Services behind which something is registered; others are not Dubbo's concern.
  std::vector<Warning> warnings;
};

// For all Services of the query: three lists, however many Services there are. Endpoints without a
// Service are left out, as Dubbo's getServices leaves them out.
ServiceSummaries gather_services(Cluster& cluster, const ServiceQuery& query);

// By the same three lists: the instances of all Services, in the order of the Services.
Discovery gather_all_instances(Cluster& cluster, const ServiceQuery& query);

}  // namespace podreg::core
