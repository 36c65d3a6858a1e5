// Step 4: whether consumers get to know what each revision exports.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "core/metadata.h"
#include "core/metadata_service.h"
#include "core/short_text.h"
#include "doctor/check.h"
#include "doctor/release.h"

namespace podreg::doctor {
namespace {

using core::FindingCode;
using core::WarningCode;

bool says(const core::Error& error, std::string_view words) {
  return std::string_view(error.what()).find(words) != std::string_view::npos;
}

FindingCode code_of(const core::Error& error) {
  if (says(error, "onnection refused")) return FindingCode::metadata_refused;
  if (says(error, "speaks ")) return FindingCode::metadata_other_protocol;
  if (says(error, "does not have this revision")) return FindingCode::revision_not_known;
  if (says(error, "UNIMPLEMENTED")) return FindingCode::metadata_version_not_exported;
  if (says(error, "in time")) return FindingCode::metadata_timed_out;
  return FindingCode::metadata_failed;
}

std::string advice_for(FindingCode code, const core::Error& error) {
  // Dubbo 3.2.6 cannot even read a request for a service that it does not export.
  if (code == FindingCode::metadata_failed && says(error, "(40)"))
    return "see whether its application has the Service's name: it exports the MetadataService "
           "under its own";
  if (code == FindingCode::metadata_failed) return "look into the log of the provider";
  if (code == FindingCode::metadata_version_not_exported)
    return "its answer was: " + core::short_text(error.what());
  return error.hint().empty() ? "podreg metadata SERVICE -v shows the attempts" : error.hint();
}

// The application as which the provider exports its MetadataService, from what Dubbo says of a
// request with another group: "… in [shop-order/org.apache.dubbo.metadata.MetadataService:…"; empty
// when it does not say so.
std::string exported_as(const core::Error& error) {
  std::string_view text = error.what();
  const auto list = text.find(" in [");
  if (text.find("Not found exported service") == std::string_view::npos ||
      list == std::string_view::npos)
    return {};
  text.remove_prefix(list + 4);
  const auto end = text.find("/org.apache.dubbo.metadata.MetadataService:");
  if (end == std::string_view::npos) return {};
  const auto begin = text.find_last_of("[, ", end) + 1;
  return std::string(text.substr(begin, end - begin));
}

// The same pods may be those of another Service, too, under whose name they answered.
std::string answered_as(const Evidence& evidence, const core::RevisionGroup& group) {
  for (const auto& other : evidence.revisions) {
    const bool is_same = other.group.ns == group.ns && other.group.revision == group.revision;
    if (is_same && other.info && other.info->app != group.application) return other.info->app;
  }
  return {};
}

// The application behind the Service, where it has another name; empty when nobody says so.
std::string real_application(const Evidence& evidence, const core::RevisionMetadata& revision) {
  auto application = exported_as(revision.failure->error);
  return application.empty() ? answered_as(evidence, revision.group) : application;
}

// Nobody asks for the other Services of an application's pods, such as the headless one of a
// StatefulSet, where the application has one of its own name.
bool has_service_of_its_name(const Evidence& evidence, const core::RevisionGroup& group,
                             const std::string& application) {
  return evidence.everything &&
         std::ranges::any_of(evidence.revisions, [&](const core::RevisionMetadata& other) {
           return other.group.ns == group.ns && other.group.revision == group.revision &&
                  other.group.application == application;
         });
}

core::Finding name_differs(const std::string& ns, const std::string& service,
                           std::string application) {
  return {FindingCode::application_name_differs, ns, "service/" + service, service,
          std::move(application)};
}

core::Finding finding_of(const core::RevisionMetadata& revision) {
  const auto& failure = *revision.failure;
  const auto code = code_of(failure.error);
  auto detail = fmt::format("{} of application \"{}\" ({})", revision.group.revision,
                            revision.group.application, core::short_text(failure.error.what()));
  if (code == FindingCode::revision_not_known) detail = revision.group.revision;
  if (code == FindingCode::metadata_version_not_exported)
    detail = "no MetadataService over tri in the version that it registered";
  return {code,
          revision.group.ns,
          "pod/" + failure.pod,
          revision.group.application,
          std::move(detail),
          advice_for(code, failure.error)};
}

// Of those that are registered where nobody can be asked check_hosts tells.
bool is_askable(const core::RevisionGroup& group) {
  try {
    for (const auto& instance : group.instances) core::metadata_service_of(instance, std::nullopt);
    return true;
  } catch (const core::Error&) {
    return false;
  }
}

void check_answers(const Evidence& evidence, const ServiceCases& /*cases*/, Findings& findings) {
  for (const auto& revision : evidence.revisions) {
    const auto& group = revision.group;
    if (!revision.failure || !revision.failure->asked || !is_askable(group)) continue;
    auto application = real_application(evidence, revision);
    if (application.empty()) {
      findings.add(finding_of(revision));
    } else if (!has_service_of_its_name(evidence, group, application)) {
      findings.add(name_differs(group.ns, group.application, std::move(application)));
    }
  }
}

bool is_other_service(const Evidence& evidence, const core::Warning& warning,
                      const std::string& application) {
  return std::ranges::any_of(evidence.revisions, [&](const core::RevisionMetadata& one) {
    return one.group.ns == warning.ns && one.group.application == warning.service &&
           has_service_of_its_name(evidence, one.group, application);
  });
}

void check_revisions_match(const Evidence& evidence, const ServiceCases& /*cases*/,
                           Findings& findings) {
  for (const auto& warning : evidence.metadata_warnings) {
    if (warning.code == WarningCode::metadata_revision_differs ||
        warning.code == WarningCode::metadata_not_its_revision ||
        warning.code == WarningCode::metadata_file_not_its_revision) {
      findings.add({FindingCode::revision_differs,
                    warning.ns,
                    "pod/" + warning.pod,
                    warning.service,
                    warning.detail,
                    {}});
    } else if (warning.code == WarningCode::application_name_differs) {
      auto application = warning.detail.substr(1, warning.detail.find('"', 1) - 1);
      if (is_other_service(evidence, warning, application)) continue;
      findings.add(name_differs(warning.ns, warning.service, std::move(application)));
    }
  }
}

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
constexpr std::array kReadsMetadata = {Source::services, Source::endpoints, Source::pods,
                                       Source::metadata};
constexpr std::array kAnswers = {
    FindingCode::metadata_refused,        FindingCode::metadata_timed_out,
    FindingCode::metadata_other_protocol, FindingCode::metadata_failed,
    FindingCode::revision_not_known,      FindingCode::metadata_version_not_exported,
    FindingCode::application_name_differs};
constexpr std::array kMatch = {FindingCode::revision_differs,
                               FindingCode::application_name_differs};
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
    Check{4, "every revision's MetadataService answers", kReadsMetadata, kAnswers, nullptr,
          check_answers},
    Check{4, "every MetadataInfo is that of its revision and application", kReadsMetadata, kMatch,
          nullptr, check_revisions_match},
};

}  // namespace

std::span<const Check> metadata_checks() { return kChecks; }

}  // namespace podreg::doctor
