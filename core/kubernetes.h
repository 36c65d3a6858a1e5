// The parts of Kubernetes objects that the registry is made of. Plain values, named as the API
// names them (core/v1 and discovery.k8s.io/v1); everything a consumer does not look at is left out.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace podreg::core {

// Labels, or a selector: key and value, sorted by key, each key once.
using Labels = std::vector<std::pair<std::string, std::string>>;

struct ServicePort {
  std::string name;         // may be empty when it is the only one
  std::string protocol;     // "TCP" when the object does not say
  int port = 0;             // 1 to 65535
  std::string target_port;  // number or name of a container's port; empty when not given

  bool operator==(const ServicePort&) const = default;
};

struct Service {
  std::string ns;
  std::string name;
  std::string type;  // ClusterIP, NodePort, LoadBalancer, ExternalName
  Labels selector;   // empty: none; the Endpoints are then made by hand
  std::vector<ServicePort> ports;
  bool publish_not_ready = false;             // publishNotReadyAddresses
  std::vector<std::string> ip_families = {};  // "IPv4", "IPv6"; empty when the object does not say

  bool operator==(const Service&) const = default;
};

struct EndpointAddress {
  std::string ip;                  // textual, as the object has it; not checked
  std::optional<std::string> pod;  // targetRef.name, when there is a targetRef
  std::string node;                // nodeName; may be empty

  bool operator==(const EndpointAddress&) const = default;
};

struct EndpointPort {
  std::string name;
  std::string protocol;
  int port = 0;

  bool operator==(const EndpointPort&) const = default;
};

struct EndpointSubset {
  std::vector<EndpointAddress> addresses;
  std::vector<EndpointAddress> not_ready_addresses;
  std::vector<EndpointPort> ports;

  bool operator==(const EndpointSubset&) const = default;
};

struct Endpoints {
  std::string ns;
  std::string name;  // the Service's name
  std::vector<EndpointSubset> subsets;
  // The annotation endpoints.kubernetes.io/over-capacity: the controller left addresses out.
  bool truncated = false;

  bool operator==(const Endpoints&) const = default;
};

// Whether an address, ready or not, is that of the pod.
bool names_pod(const Endpoints& endpoints, std::string_view pod);

// One endpoint of an EndpointSlice. Only the first address has a meaning (discovery.k8s.io/v1).
struct SliceEndpoint {
  EndpointAddress address;
  bool ready = true;  // conditions.ready; absent counts as ready

  bool operator==(const SliceEndpoint&) const = default;
};

struct EndpointSlice {
  std::string ns;
  std::string name;
  std::string service;       // label kubernetes.io/service-name; empty: belongs to none
  std::string address_type;  // IPv4, IPv6 or FQDN
  std::vector<SliceEndpoint> endpoints;
  std::vector<EndpointPort> ports;

  bool operator==(const EndpointSlice&) const = default;
};

// Where ready addresses are read from: Endpoints, as Dubbo does, or EndpointSlices, which hold all
// of them when there are more than 1,000.
enum class EndpointSource { endpoints, endpointslices };

// Whether every pair of the selector is among the labels.
bool matches(const Labels& selector, const Labels& labels);

// "a=1,b=2", as kubectl writes a selector.
std::string to_string(const Labels& labels);

// The EndpointSlices of one Service as the Endpoints that they stand for: a subset per slice, FQDN
// slices left out, an address that is in several slices counted once (ready when one says so).
// Slices of other Services must not be passed.
Endpoints merge(const std::vector<const EndpointSlice*>& slices);

}  // namespace podreg::core
