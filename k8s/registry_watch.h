// Watches Services of a cluster behind its API server: for each name the Service and its Endpoints
// (or EndpointSlices), for each selector the pods, as metadata only. One connection, one thread.
//
// When a Service's selector changes, the pods of the new one are listed, and those of the old one
// are no longer watched. A connection that is silent is given up as a whole.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/registry_watch.h"
#include "k8s/api_cluster.h"
#include "k8s/connection.h"
#include "k8s/object_stores.h"
#include "k8s/reflector.h"
#include "k8s/server_warnings.h"
#include "k8s/transport.h"

namespace podreg::k8s {

struct WatchOptions : ApiOptions {
  WatchTiming timing = {};
  core::TroubleSink on_trouble = {};
  int wake_descriptor = -1;  // when it can be read, wait() returns; -1: none
};

class RegistryWatch final : public core::RegistryWatch {
 public:
  // Does not connect yet. Throws Error(invalid_data) when the server's address cannot be used.
  RegistryWatch(Connection connection, const WatchOptions& options, core::WatchQuery query);

  bool wait(std::chrono::milliseconds limit) override;
  bool consistent() const override;
  std::string failure() override;
  std::vector<core::WatchedService> services() const override;

 private:
  // A Service's name, and what is watched of it.
  struct Named {
    Named(ReflectorContext& context, const core::WatchQuery& query, std::string service);

    std::string name;
    NamedObjects<core::Service> services{&ObjectSink::service};
    NamedObjects<core::Endpoints> endpoints{&ObjectSink::endpoints};
    NamedObjects<core::EndpointSlice> slices{&ObjectSink::endpoint_slice};
    Reflector service_reflector;
    Reflector address_reflector;  // of endpoints or slices
  };
  struct Selected {
    Selected(ReflectorContext& context, const std::string& ns, const std::string& selector);

    PodObjects pods;
    Reflector reflector;
  };
  using SelectorKey = std::pair<std::string, std::string>;  // namespace and selector
  using States = std::map<std::pair<std::string, std::string>, core::ServiceState>;

  void step();
  bool all_watched();
  bool take_changed();
  void follow_selectors();
  template <typename Visit>
  void for_each_reflector(Visit visit);
  void begin_again();
  void add_states(const Named& named, States& states) const;
  const core::WatchedPods* pods_of(const core::ServiceState& state) const;

  core::Clock& clock_;
  std::function<double()> jitter_;
  int wake_descriptor_;
  core::WatchQuery query_;
  Transport transport_;
  ServerWarnings warnings_;
  ReflectorContext context_;
  std::list<Named> named_;  // they stay where they are
  std::map<SelectorKey, Selected> selected_;
};

}  // namespace podreg::k8s
