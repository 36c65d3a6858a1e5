// Step 4, what providers registered: whether consumers can ask for what each revision exports.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>

#include "core/metadata.h"
#include "core/metadata_service.h"
#include "core/short_text.h"
#include "doctor/check.h"
#include "doctor/release.h"

namespace podreg::doctor {
namespace {

using core::FindingCode;

void check_storage(const ServiceCase& of, const Evidence& /*evidence*/, Findings& findings) {
  for (const CasePod& pod : of.pods) {
    if (pod.instance != nullptr && core::is_stored_remotely(*pod.instance))
      findings.add(FindingCode::metadata_in_center, of, pod.pod->name);
  }
}

void check_hosts(const ServiceCase& of, const Evidence& /*evidence*/, Findings& findings) {
  for (const CasePod& pod : of.pods) {
    if (pod.instance == nullptr) continue;
    if (!pod.metadata_service) {
      findings.add(FindingCode::metadata_failed, of, pod.pod->name,
                   fmt::format("{} of application \"{}\" ({})", pod.instance->metadata->revision(),
                               of.name, core::short_text(pod.metadata_service_fault)),
                   "let the provider register again");
    } else if (pod.metadata_service->host != pod.instance->host) {
      findings.add(FindingCode::metadata_host_foreign, of, pod.pod->name,
                   pod.metadata_service->url());
    }
  }
}

// Of a pod that declares none of its ports nothing can be said.
bool declares_other_ports_only(const core::PodObject& pod, int port) {
  bool any = false;
  for (const auto& container : pod.containers) {
    any |= !container.ports.empty();
    if (std::ranges::find(container.ports, port) != container.ports.end()) return false;
  }
  return any;
}

void check_declared(const ServiceCase& of, const Evidence& /*evidence*/, Findings& findings) {
  for (const CasePod& pod : of.pods) {
    if (!pod.metadata_service || !pod.instance->metadata->find(core::kMetadataServiceParamsKey))
      continue;
    const int port = pod.metadata_service->port;
    if (declares_other_ports_only(*pod.pod, port))
      findings.add(FindingCode::metadata_port_not_declared, of, pod.pod->name,
                   std::to_string(port));
  }
}

void check_two_ports(const ServiceCase& of, const Evidence& /*evidence*/, Findings& findings) {
  for (const CasePod& pod : of.pods) {
    if (pod.exported.size() < 2) continue;
    std::map<std::string_view, std::set<int>> ports;
    for (const auto& endpoint : pod.exported) ports[endpoint.protocol].insert(endpoint.port);
    for (const auto& [protocol, numbers] : ports) {
      if (numbers.size() < 2) continue;
      findings.add(FindingCode::protocol_on_two_ports, of, pod.pod->name,
                   fmt::format("protocol {} on ports {}", protocol, fmt::join(numbers, " and ")));
    }
  }
}

// A rolling update has two revisions for some minutes.
bool is_too_many(std::size_t revisions, std::size_t pods, std::int64_t newest,
                 std::optional<std::int64_t> now) {
  static constexpr std::int64_t kLong = std::int64_t{15} * 60 * 1000;
  static constexpr std::size_t kMany = 4;
  if (revisions >= kMany || (revisions > 2 && revisions == pods)) return true;
  return revisions > 1 && now && newest > 0 && *now - newest > kLong;
}

void check_revision_count(const ServiceCase& of, const Evidence& evidence, Findings& findings) {
  std::set<std::string_view> revisions;
  std::size_t pods = 0;
  std::int64_t newest = 0;
  for (const CasePod& pod : of.pods) {
    if (pod.instance == nullptr) continue;
    const core::Metadata& metadata = *pod.instance->metadata;
    if (!core::exports_services(metadata.revision())) continue;
    revisions.insert(metadata.revision());
    newest = std::max(newest, metadata.timestamp().value_or(0));
    ++pods;
  }
  if (!is_too_many(revisions.size(), pods, newest, evidence.now)) return;
  findings.add_service(FindingCode::several_revisions, of,
                       fmt::format("{} revisions in {} pods", revisions.size(), pods));
}

// Dubbo before 3.3 asks for the first version, over the protocol that is registered.
void check_versions(const ServiceCase& of, const Evidence& evidence, Findings& findings) {
  static constexpr Release kSecondVersion{3, 3, 0};
  const auto is_second = [](const CasePod& pod) {
    return pod.metadata_service && pod.metadata_service->second;
  };
  if (std::ranges::none_of(of.pods, is_second)) return;
  const auto is_older = [](const core::Instance& one) {
    const auto release = release_of(one);
    return release && *release < kSecondVersion;
  };
  const core::Instance* older = nullptr;
  if (evidence.consumer_instance && is_older(*evidence.consumer_instance))
    older = &*evidence.consumer_instance;
  for (const auto& one : evidence.instances) {
    if (older == nullptr && is_older(one)) older = &one;
  }
  if (older == nullptr) return;
  for (const CasePod& pod : of.pods) {
    if (!is_second(pod)) continue;
    findings.add(FindingCode::metadata_version_not_exported, of, pod.pod->name,
                 "MetadataServiceV2 over tri, which Dubbo before 3.3 does not ask for",
                 fmt::format("there is pod \"{}\" with Dubbo {}", older->pod,
                             to_string(*release_of(*older))));
  }
}

constexpr std::array kJoin = {Source::services, Source::endpoints, Source::pods};
constexpr std::array kStorage = {FindingCode::metadata_in_center};
constexpr std::array kHosts = {FindingCode::metadata_host_foreign, FindingCode::metadata_failed};
constexpr std::array kDeclared = {FindingCode::metadata_port_not_declared};
constexpr std::array kTwoPorts = {FindingCode::protocol_on_two_ports};
constexpr std::array kVersions = {FindingCode::metadata_version_not_exported};
constexpr std::array kCount = {FindingCode::several_revisions};

constexpr std::array kChecks = {
    Check{4, "every MetadataService is registered at its own address", kJoin, kHosts, check_hosts},
    Check{4, "no MetadataInfo is in a metadata center", kJoin, kStorage, check_storage},
    Check{4, "every port of a MetadataService is declared", kJoin, kDeclared, check_declared},
    Check{4, "every protocol is on one port", kJoin, kTwoPorts, check_two_ports},
    Check{4, "all understand each other's MetadataService", kJoin, kVersions, check_versions},
    Check{4, "no application has many revisions", kJoin, kCount, check_revision_count},
};

}  // namespace

std::span<const Check> metadata_checks() { return kChecks; }

}  // namespace podreg::doctor
