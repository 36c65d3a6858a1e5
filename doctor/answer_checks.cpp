// Step 4, what MetadataServices answered when they were asked.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/metadata_service.h"
#include "core/short_text.h"
#include "doctor/check.h"

namespace podreg::doctor {
namespace {

using core::FindingCode;
using core::WarningCode;

// What went wrong only its sentence tells: the words are those of rpc/ and k8s/, and who changes
// them there changes them here.
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

constexpr std::array kReadsMetadata = {Source::services, Source::endpoints, Source::pods,
                                       Source::metadata};
constexpr std::array kAnswers = {
    FindingCode::metadata_refused,        FindingCode::metadata_timed_out,
    FindingCode::metadata_other_protocol, FindingCode::metadata_failed,
    FindingCode::revision_not_known,      FindingCode::metadata_version_not_exported,
    FindingCode::application_name_differs};
constexpr std::array kMatch = {FindingCode::revision_differs,
                               FindingCode::application_name_differs};

constexpr std::array kChecks = {
    Check{4, "every revision's MetadataService answers", kReadsMetadata, kAnswers, nullptr,
          check_answers},
    Check{4, "every MetadataInfo is that of its revision and application", kReadsMetadata, kMatch,
          nullptr, check_revisions_match},
};

}  // namespace

std::span<const Check> answer_checks() { return kChecks; }

}  // namespace podreg::doctor
