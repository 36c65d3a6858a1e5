// A Cluster in memory that records what it was asked.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
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

  // The one pod that can be written; its version counts up.
  std::optional<core::Pod> writable;
  int conflicts = 0;  // that many writes fail, because somebody else was faster
  std::function<void(core::Pod&)> on_conflict;
  std::optional<core::Error> services_error;

  std::vector<core::ServiceState> services(const core::ServiceQuery& query) override {
    const bool sliced = query.source == core::EndpointSource::endpointslices;
    requests.push_back((sliced ? "slices " : "services ") + query.ns.value_or("*") + "/" +
                       query.name.value_or("*"));
    if (services_error) throw core::Error(*services_error);
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

  std::optional<core::Pod> pod(const std::string& ns, const std::string& name) override {
    requests.push_back("pod " + ns + "/" + name);
    if (writable && writable->ns == ns && writable->name == name) return writable;
    return std::nullopt;
  }

  std::string annotate(const core::Pod& read, const std::optional<std::string>& value,
                       const core::WriteOptions& /*options*/) override {
    if (conflicts > 0) {
      --conflicts;
      change();
      if (on_conflict) on_conflict(*writable);
    }
    if (read.resource_version != writable->resource_version) {
      throw core::Error(core::ErrorKind::conflict, "changed");
    }
    writable->annotation = value;
    change();
    return writable->resource_version;
  }

 private:
  void change() {
    writable->resource_version = std::to_string(std::stoi(writable->resource_version) + 1);
  }
};

}  // namespace podreg::tests
