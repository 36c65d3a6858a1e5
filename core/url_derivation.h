// Step 4 of the registry: from instances and the MetadataInfo of their revisions to URLs.
//
// Reproduces ServiceInstancesChangedListener and MetadataInfo.ServiceInfo of Dubbo 3.2.6.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/instance.h"
#include "core/metadata_info.h"
#include "core/service_url.h"

namespace podreg::core {

inline constexpr std::string_view kAny = "*";  // as a version or group

// What a consumer asks for. Empty version or group matches what has none; "*" matches all; a comma
// list any of its members, each without the spaces around it (and there "*" is nothing special). An
// empty protocol matches all.
struct ServiceMatch {
  std::string interface;      // empty: every one
  std::string version{kAny};  // also when nothing was said
  std::string group{kAny};
  std::string protocol;

  bool accepts(const ServiceInfo& service) const;
};

// A URL, and where it comes from.
struct DerivedUrl {
  ServiceUrl url;
  std::string interface;
  std::string group;
  std::string version;
  std::string application;  // the Service's name, as a consumer knows it
  std::string revision;
  std::string pod;
  std::string ns;  // of the pod
};

// MetadataInfo by revision; a revision that is not there has no URLs.
using MetadataByRevision = std::map<std::string, MetadataInfo, std::less<>>;

// Whether a consumer takes an instance of this revision into account: not without one, nor "0".
bool exports_services(std::string_view revision);

// The port of the service on that instance: the service's own, else that of the instance's endpoint
// of the same protocol, else the instance's.
int port_of(const ServiceInfo& service, const Instance& instance);

// What these instances export of an interface (empty: of every one), whichever version, group and
// protocol: "group g1, version 1.0.0, dubbo", in front of it the interface where none is named.
// Sorted, each once.
std::vector<std::string> variants_of(const std::vector<Instance>& instances,
                                     const MetadataByRevision& metadata,
                                     std::string_view interface);

// The URLs of the accepted services on every instance of their revision, each URL of a pod once; in
// the order of the instances, then of the services' keys. Services without has_url() are left out.
std::vector<DerivedUrl> derive_urls(const std::vector<Instance>& instances,
                                    const MetadataByRevision& metadata, const ServiceMatch& match);

}  // namespace podreg::core
