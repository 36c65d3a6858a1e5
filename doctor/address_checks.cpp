// Step 3, addresses and pods: whether each pod becomes the instances that it should.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/metadata.h"
#include "core/short_text.h"
#include "doctor/check.h"
#include "doctor/readiness.h"

namespace podreg::doctor {
namespace {

using core::FindingCode;
using core::WarningCode;

// What differs between the labels of the pod and the selector: "app=b instead of app=a".
std::string label_difference(const core::Labels& selector, const core::PodObject& pod) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : selector) {
    const auto found = std::ranges::find(*pod.labels, key, [](const auto& it) { return it.first; });
    if (found == pod.labels->end()) {
      parts.push_back(fmt::format("it has no label {}", key));
    } else if (found->second != value) {
      parts.push_back(fmt::format("its label {} is {}, not {}", key, found->second, value));
    }
  }
  return core::short_text(fmt::format("{}", fmt::join(parts, "; ")));
}

std::string why_not_selected(const ServiceCase& of, const std::string& name) {
  const auto* found = of.all_pods->find(of.ns, name);
  if (found == nullptr)
    return "there is no such pod any more: see whether the endpoints controller is running";
  const auto difference = label_difference(of.service->selector, *found);
  return difference.empty() ? "its selector matches the pod now: ask again"
                            : difference + ": correct the labels, or the selector";
}

void check_addresses(const ServiceCase& of, const Evidence& /*evidence*/, Findings& findings) {
  for (const auto& warning : of.discovery.warnings) {
    if (warning.code == WarningCode::endpoint_without_target_ref) {
      findings.add_service(FindingCode::address_without_target_ref, of, warning.host);
    } else if (warning.code == WarningCode::endpoint_without_pod) {
      findings.add(FindingCode::address_without_pod, of, warning.pod, warning.host,
                   why_not_selected(of, warning.pod));
    } else if (warning.code == WarningCode::duplicate_instance) {
      findings.add(FindingCode::address_repeated, of, warning.pod, warning.host);
    }
  }
}

// Endpoints made by hand may have it without a targetRef.
bool is_address(const ServiceCase& of, const core::PodObject& pod) {
  return std::ranges::any_of(of.endpoints->subsets, [&](const core::EndpointSubset& subset) {
    return std::ranges::any_of(subset.addresses, [&](const core::EndpointAddress& address) {
      return std::ranges::find(pod.addresses, address.ip) != pod.addresses.end();
    });
  });
}

// EndpointsEmpty says so once for all pods.
bool is_empty(const core::Endpoints& endpoints) {
  return std::ranges::all_of(endpoints.subsets, [](const core::EndpointSubset& subset) {
    return subset.addresses.empty() && subset.not_ready_addresses.empty();
  });
}

void check_listing(const ServiceCase& of, const CasePod& one, Findings& findings) {
  const core::PodObject& pod = *one.pod;
  const bool complete = of.endpoints != nullptr && !of.endpoints->truncated &&
                        of.service->type != "ExternalName" && !of.service->selector.empty();
  if (complete && !is_empty(*of.endpoints) && pod.is_ready && !pod.addresses.empty() &&
      !is_address(of, pod))
    findings.add(FindingCode::pod_not_in_endpoints, of, pod.name);
}

void check_readiness(const ServiceCase& of, const Evidence& /*evidence*/, Findings& findings) {
  std::size_t published = 0;
  for (const CasePod& one : of.pods) {
    const core::PodObject& pod = *one.pod;
    if (pod.terminating) {
      if (one.listed != Listed::as_ready) findings.add(FindingCode::pod_terminating, of, pod.name);
    } else if (one.listed == Listed::as_ready) {
      if (is_known_unready(pod)) ++published;
    } else if (one.listed == Listed::as_not_ready || is_known_unready(pod)) {
      findings.add(FindingCode::pod_not_ready, of, pod.name, why_not_ready(pod),
                   readiness_advice(pod));
    } else {
      check_listing(of, one, findings);
    }
  }
  if (published > 0 && of.service != nullptr && of.service->publish_not_ready) {
    findings.add_service(FindingCode::not_ready_published, of,
                         published == 1 ? "1 pod is" : fmt::format("{} pods are", published));
  }
}

// The ports on which the registered pods say that they export something, and those of their
// MetadataServices, which consumers call, too.
std::set<int> registered_ports(const ServiceCase& of) {
  std::set<int> ports;
  for (const CasePod& pod : of.pods) {
    for (const auto& endpoint : pod.exported) ports.insert(endpoint.port);
    if (!pod.exported.empty() && pod.metadata_service) ports.insert(pod.metadata_service->port);
  }
  return ports;
}

std::set<int> service_ports(const ServiceCase& of) {
  std::set<int> ports;
  for (const auto& subset : of.endpoints->subsets) {
    for (const auto& port : subset.ports) ports.insert(port.port);
  }
  return ports;
}

std::string port_name(const ServiceCase& of, int port) {
  for (const auto& subset : of.endpoints->subsets) {
    for (const auto& one : subset.ports) {
      if (one.port == port && !one.name.empty()) return fmt::format("{} ({})", port, one.name);
    }
  }
  return std::to_string(port);
}

void check_extra_ports(const ServiceCase& of, const std::set<int>& offered, Findings& findings) {
  if (offered.size() < 2) return;
  const auto registered = registered_ports(of);
  if (registered.empty()) return;
  std::vector<std::string> extra;
  for (const int port : offered) {
    if (!registered.contains(port)) extra.push_back(port_name(of, port));
  }
  if (!extra.empty()) {
    findings.add_service(FindingCode::port_multiplies_instances, of,
                         fmt::format("{}", fmt::join(extra, ", ")));
  }
}

// Without dubbo.endpoints the URLs get the Service's port.
void check_missing_ports(const ServiceCase& of, const std::set<int>& offered, Findings& findings) {
  for (const CasePod& pod : of.pods) {
    if (pod.instance == nullptr || !pod.exported.empty() || !pod.metadata_service) continue;
    if (!pod.instance->metadata->find(core::kMetadataServiceParamsKey)) continue;
    const auto& service = *pod.metadata_service;
    if (offered.contains(service.port)) continue;
    findings.add(FindingCode::port_not_of_service, of, pod.pod->name,
                 fmt::format("{} (its MetadataService is on {})", service.protocol, service.port));
  }
}

void check_ports(const ServiceCase& of, const Evidence& /*evidence*/, Findings& findings) {
  if (of.endpoints == nullptr) return;
  const auto offered = service_ports(of);
  check_extra_ports(of, offered, findings);
  check_missing_ports(of, offered, findings);
}

constexpr std::array kReads = {Source::services, Source::endpoints, Source::pods};
constexpr std::array kAddresses = {FindingCode::address_without_target_ref,
                                   FindingCode::address_without_pod, FindingCode::address_repeated};
constexpr std::array kReadiness = {FindingCode::pod_not_ready, FindingCode::pod_terminating,
                                   FindingCode::not_ready_published,
                                   FindingCode::pod_not_in_endpoints};
constexpr std::array kPorts = {FindingCode::port_multiplies_instances,
                               FindingCode::port_not_of_service};

constexpr std::array kChecks = {
    Check{3, "every address is that of a pod of the selector", kReads, kAddresses, check_addresses},
    Check{3, "every pod is ready and an address", kReads, kReadiness, check_readiness},
    Check{3, "every port is one of a provider", kReads, kPorts, check_ports},
};

}  // namespace

std::span<const Check> address_checks() { return kChecks; }

}  // namespace podreg::doctor
