// What podreg is told by a cluster that it watches: the objects of some Services, as they are now,
// and that something about them has changed.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/cluster.h"
#include "core/discovery.h"

namespace podreg::core {

// Which Services are watched. Without a namespace: those of that name in all namespaces.
struct WatchQuery {
  std::optional<std::string> ns;
  std::vector<std::string> services;  // each once
  EndpointSource source = EndpointSource::endpoints;
};

// All pods of a Service's selector; without a Service there are none.
struct WatchedPods {
  Registrations listed;
  std::unordered_set<std::string> terminating;  // those that have a deletionTimestamp
};

// The objects belong to the watch, and are valid until its next wait().
struct WatchedService {
  ServiceState state;
  const WatchedPods* pods = nullptr;  // nullptr: there is no Service
};

// Not thread safe: one thread at a time.
class RegistryWatch {
 public:
  virtual ~RegistryWatch() = default;

  // Takes what the cluster tells, until something has changed, or something else that the watch
  // was told to look out for has happened, or `limit` is over. Returns whether something has
  // changed. What breaks off is begun again for ever, without anything being missed; but until all
  // of it has been there once, Error says what does not work: not_allowed, unreachable,
  // invalid_data. Later, only Error(not_allowed) that has lasted for a minute.
  virtual bool wait(std::chrono::milliseconds limit) = 0;

  // Whether the objects belong together: all that is watched has been there, and the pods are those
  // of the selectors that the Services have now.
  virtual bool consistent() const = 0;

  // Why something has not been there yet, or is no longer told: what failed last. Empty when
  // nothing did. Text from the network.
  virtual std::string failure() = 0;

  // Sorted by namespace, then name: every Service of the query of which there is a Service or
  // Endpoints. `ServiceState::slice_addresses` is not counted.
  virtual std::vector<WatchedService> services() const = 0;
};

// What does not work for the moment, for people; and that it works again. Text from the network.
struct WatchTrouble {
  std::string what;                    // `pods in namespace "demo"`
  std::string reason;                  // empty: it works again
  std::chrono::milliseconds pause{0};  // until the next attempt
};
using TroubleSink = std::function<void(const WatchTrouble&)>;

}  // namespace podreg::core
