// A Cluster in memory that records what it was asked.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/cluster.h"
#include "core/error.h"

namespace podreg::tests {

struct FakePod {
  std::string ns = "demo";
  std::string name;
  core::Labels labels;
  std::optional<std::string> annotation;
};

class FakeCluster : public core::Cluster {
 public:
  std::vector<core::ServiceState> states;  // what Endpoints say
  std::vector<core::ServiceState> slices;  // what EndpointSlices say
  std::vector<FakePod> listed;
  std::vector<std::string> requests;  // one line each, in order
  std::optional<core::Error> slices_error;

  std::vector<core::ServiceState> services(const core::ServiceQuery& query) override {
    const bool sliced = query.source == core::EndpointSource::endpointslices;
    requests.push_back((sliced ? "slices " : "services ") + query.ns.value_or("*") + "/" +
                       query.name.value_or("*"));
    if (sliced && slices_error) throw core::Error(*slices_error);
    std::vector<core::ServiceState> result;
    std::ranges::copy_if(
        sliced ? slices : states, std::back_inserter(result), [&](const core::ServiceState& state) {
          return (!query.ns || *query.ns == state.ns) && (!query.name || *query.name == state.name);
        });
    return result;
  }

  void pods(const core::PodQuery& query, const core::PodSink& sink) override {
    requests.push_back("pods " + query.ns.value_or("*") + " " + core::to_string(query.selector));
    for (const FakePod& pod : listed) {
      if (query.ns && *query.ns != pod.ns) continue;
      if (!core::matches(query.selector, pod.labels)) continue;
      sink({pod.ns, pod.name, pod.annotation, query.with_labels ? &pod.labels : nullptr});
    }
  }
};

}  // namespace podreg::tests
