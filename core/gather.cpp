#include "core/gather.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/error.h"

namespace podreg::core {

namespace {

template <typename Visit>
void for_each_pod_name(const ServiceState& state, Visit visit) {
  if (!state.endpoints) return;
  for (const EndpointSubset& subset : state.endpoints->subsets) {
    for (const EndpointAddress& address : subset.addresses) {
      if (address.pod) visit(std::string_view(*address.pod));
    }
  }
}

// Whether the Endpoints have the pod among their addresses, ready or not.
bool names_at_all(const ServiceState& state, const std::string& pod) {
  if (!state.endpoints) return false;
  const auto is_it = [&](const EndpointAddress& address) { return address.pod == pod; };
  return std::ranges::any_of(state.endpoints->subsets, [&](const EndpointSubset& subset) {
    return std::ranges::any_of(subset.addresses, is_it) ||
           std::ranges::any_of(subset.not_ready_addresses, is_it);
  });
}

// Truncated Endpoints say that addresses are missing, not how many; EndpointSlices have them all.
// The number is for a warning only, so whoever cannot have it still gets the rest of the answer.
std::optional<std::size_t> count_slices(Cluster& cluster, const ServiceState& state) {
  try {
    const auto sliced = cluster.services({state.ns, state.name, EndpointSource::endpointslices});
    if (sliced.empty() || !sliced.front().endpoints) return std::nullopt;
    return ready_addresses(*sliced.front().endpoints);
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::vector<ServiceState> states_of(Cluster& cluster, const ServiceQuery& query) {
  auto states = cluster.services(query);
  for (ServiceState& state : states) {
    const bool cut = state.endpoints && state.endpoints->truncated;
    if (cut && query.source == EndpointSource::endpoints) {
      state.slice_addresses = count_slices(cluster, state);
    }
  }
  return states;
}

Registrations registrations_of(Cluster& cluster, const ServiceState& state) {
  Registrations result;
  if (!state.service) return result;
  std::unordered_set<std::string_view> wanted;
  for_each_pod_name(state, [&](std::string_view pod) { wanted.insert(pod); });
  if (wanted.empty()) return result;
  cluster.pods({state.ns, state.service->selector}, [&](const PodView& pod) {
    if (wanted.contains(pod.name)) result.emplace(pod.name, Registration::read(pod.annotation));
  });
  return result;
}

// Which Services want which pod, by the namespace and name of the pod.
class PodIndex {
 public:
  explicit PodIndex(const std::vector<ServiceState>& states) {
    for (std::size_t i = 0; i < states.size(); ++i) {
      if (!states[i].service) continue;
      for_each_pod_name(states[i], [&](std::string_view pod) {
        auto& services = index_[states[i].ns][pod];
        if (services.empty() || services.back() != i) services.push_back(i);
      });
    }
  }

  const std::vector<std::size_t>* find(std::string_view ns, std::string_view pod) const {
    const auto pods = index_.find(ns);
    if (pods == index_.end()) return nullptr;
    const auto services = pods->second.find(pod);
    return services == pods->second.end() ? nullptr : &services->second;
  }

 private:
  std::unordered_map<std::string_view,
                     std::unordered_map<std::string_view, std::vector<std::size_t>>>
      index_;
};

// The Services whose Endpoints name no pod at all: of those, a registered pod of the selector tells
// whether they are Dubbo's.
std::vector<std::size_t> without_addresses(const std::vector<ServiceState>& states) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < states.size(); ++i) {
    bool named = false;
    for_each_pod_name(states[i], [&](std::string_view) { named = true; });
    if (!named && states[i].service && !states[i].service->selector.empty()) result.push_back(i);
  }
  return result;
}

bool is_dubbo(const Discovery& discovery) {
  return !discovery.instances.empty() ||
         std::ranges::any_of(discovery.warnings, [](const Warning& warning) {
           return warning.code == WarningCode::invalid_metadata;
         });
}

// Passes every Service of the query, with what was discovered of it, and returns the warnings.
template <typename Visit>
std::vector<Warning> visit_services(Cluster& cluster, const ServiceQuery& query, Visit visit) {
  auto states = states_of(cluster, query);
  const PodIndex index(states);
  std::vector<Registrations> listed(states.size());
  const auto silent = without_addresses(states);
  std::vector<bool> registered(states.size());
  cluster.pods({query.ns, {}, true}, [&](const PodView& pod) {
    if (pod.annotation && !pod.annotation->empty()) {
      for (const std::size_t i : silent) {
        if (states[i].ns == pod.ns && matches(states[i].service->selector, *pod.labels))
          registered[i] = true;
      }
    }
    const auto* services = index.find(pod.ns, pod.name);
    if (services == nullptr) return;
    const Registration registration = Registration::read(pod.annotation);
    for (const std::size_t i : *services) {
      if (matches(states[i].service->selector, *pod.labels))
        listed[i].emplace(pod.name, registration);
    }
  });
  std::vector<Warning> warnings;
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (!states[i].service) continue;
    auto discovery = discover(states[i], listed[i]);
    if (registered[i] || is_dubbo(discovery))
      std::ranges::move(discovery.warnings, std::back_inserter(warnings));
    visit(states[i], discovery);
  }
  return warnings;
}

}  // namespace

std::vector<DiscoveredService> gather_instances(Cluster& cluster, const ServiceQuery& query) {
  ServiceQuery with_pods = query;
  with_pods.then_pods = true;
  auto states = states_of(cluster, with_pods);
  std::vector<DiscoveredService> result;
  result.reserve(states.size());
  for (ServiceState& state : states) {
    auto discovery = discover(state, registrations_of(cluster, state));
    result.push_back({std::move(state), std::move(discovery)});
  }
  return result;
}

std::optional<Discovery> gather_instances_of_pod(Cluster& cluster, const ServiceQuery& query,
                                                 const std::string& pod) {
  std::map<std::string, std::optional<Pod>> read;  // by namespace
  const auto pod_in = [&](const std::string& ns) -> const std::optional<Pod>& {
    const auto known = read.find(ns);
    return known != read.end() ? known->second
                               : read.emplace(ns, cluster.pod(ns, pod)).first->second;
  };
  Discovery result;
  for (const ServiceState& state : cluster.services(query)) {
    if (!state.service || !names_at_all(state, pod)) continue;
    const auto& found = pod_in(state.ns);
    if (!found) continue;
    Registrations listed;
    if (matches(state.service->selector, found->labels)) {
      listed.emplace(pod, Registration::read(found->annotation));
    }
    auto discovery = discover(state, listed);
    std::ranges::move(discovery.instances, std::back_inserter(result.instances));
    std::ranges::copy_if(discovery.warnings, std::back_inserter(result.warnings),
                         [&](const Warning& warning) { return warning.pod == pod; });
  }
  if (result.instances.empty() && query.ns && !pod_in(*query.ns)) return std::nullopt;
  return result;
}

Discovery gather_all_instances(Cluster& cluster, const ServiceQuery& query) {
  Discovery all;
  all.warnings = visit_services(cluster, query, [&](const auto&, Discovery& discovery) {
    std::ranges::move(discovery.instances, std::back_inserter(all.instances));
  });
  return all;
}

ServiceSummaries gather_services(Cluster& cluster, const ServiceQuery& query) {
  ServiceSummaries result;
  result.warnings =
      visit_services(cluster, query, [&](const ServiceState& state, const Discovery& discovery) {
        result.services.push_back(summarize(state, discovery));
      });
  return result;
}

}  // namespace podreg::core
