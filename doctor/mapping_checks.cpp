// Step 2: who is said to provide an interface, and whether that is so.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/counted.h"
#include "doctor/check.h"

namespace podreg::doctor {
namespace {

using core::FindingCode;
using core::MappingSource;
using core::WarningCode;

std::string object_of(const InterfaceQuestion& question) {
  return "interface/" + question.query.match.interface;
}

void check_provided(const Evidence& evidence, const ServiceCases& /*cases*/, Findings& findings) {
  for (const auto& question : evidence.interfaces) {
    if (!question.mappings.empty()) continue;
    std::size_t silent = 0;
    for (const auto& revision : evidence.revisions) {
      if (!revision.info) ++silent;
    }
    findings.add(
        {FindingCode::interface_not_provided,
         {},
         object_of(question),
         {},
         silent == 0 ? ""
                     : fmt::format(", as far as is known: {} did not tell",
                                   core::counted(silent, "revision")),
         question.nearest.empty()
             ? "see that its provider is registered in this namespace, and name it with provided-by"
             : fmt::format("the nearest that is provided is {}", question.nearest)});
  }
}

bool is_service(const Evidence& evidence, const core::Provider& provider) {
  return std::ranges::any_of(evidence.objects.services, [&](const core::Service& service) {
    return service.name == provider.application &&
           (provider.ns.empty() || provider.ns == service.ns);
  });
}

std::string nearest_application(const Evidence& evidence, const std::string& name) {
  const auto near = nearest_service(evidence, {}, name);
  return near.empty() ? "name the Service of the providers"
                      : fmt::format("the nearest name of a Service is \"{}\"", near);
}

void check_named(const InterfaceQuestion& question, const core::Mapping& mapping,
                 const Evidence& evidence, Findings& findings) {
  const std::string source(core::to_string(mapping.source));
  for (const auto& provider : mapping.providers) {
    const auto& name = provider.application;
    if (name == "*") {
      findings.add({FindingCode::wildcard_application, {}, object_of(question), name, source, {}});
    } else if (!is_service(evidence, provider)) {
      findings.add({FindingCode::application_unknown, provider.ns, object_of(question), name,
                    source, nearest_application(evidence, name)});
    }
  }
}

void check_names(const Evidence& evidence, const ServiceCases& /*cases*/, Findings& findings) {
  for (const auto& question : evidence.interfaces) {
    for (const auto& mapping : question.mappings) {
      if (mapping.source != MappingSource::cluster)
        check_named(question, mapping, evidence, findings);
    }
  }
}

std::string who_provides(const InterfaceQuestion& question) {
  for (const auto& mapping : question.mappings) {
    if (mapping.source == MappingSource::cluster)
      return fmt::format("name {}, which does", fmt::join(mapping.applications(), ", "));
  }
  return "see which application is meant: nobody who is registered provides it";
}

// Only what the cluster knows of every revision of an application tells that it does not provide.
void check_provides(const Evidence& evidence, const ServiceCases& /*cases*/, Findings& findings) {
  for (const auto& question : evidence.interfaces) {
    for (const auto& warning : evidence.mapping_warnings) {
      const bool about_it = warning.code == WarningCode::interface_not_provided &&
                            warning.detail.starts_with(question.query.match.interface + " (");
      if (!about_it) continue;
      const auto said_by = std::ranges::find_if(
          question.mappings, [&](const auto& it) { return it.names(warning.ns, warning.service); });
      if (said_by == question.mappings.end()) continue;
      findings.add({FindingCode::application_does_not_provide, warning.ns, object_of(question),
                    warning.service, std::string(core::to_string(said_by->source)),
                    who_provides(question)});
    }
  }
}

// Of those that are named first, the ones that provide it as far as that is known.
std::vector<std::string> providers_of(const InterfaceQuestion& question) {
  auto named = question.mappings.front().applications();
  for (const auto& mapping : question.mappings) {
    if (mapping.source != MappingSource::cluster) continue;
    const auto actual = mapping.applications();
    std::erase_if(named, [&](const std::string& name) {
      return std::ranges::find(actual, name) == actual.end();
    });
  }
  std::erase(named, "*");
  return named;
}

void check_unique(const Evidence& evidence, const ServiceCases& /*cases*/, Findings& findings) {
  for (const auto& question : evidence.interfaces) {
    if (question.mappings.empty()) continue;
    const auto applications = providers_of(question);
    if (applications.size() < 2) continue;
    findings.add(
        {FindingCode::several_applications,
         {},
         object_of(question),
         {},
         fmt::format("{} applications: {}", applications.size(), fmt::join(applications, ", ")),
         {}});
  }
}

constexpr std::array kReads = {Source::mapping};
constexpr std::array kReadsServices = {Source::mapping, Source::services};
constexpr std::array kProvided = {FindingCode::interface_not_provided};
constexpr std::array kNames = {FindingCode::application_unknown, FindingCode::wildcard_application};
constexpr std::array kProvides = {FindingCode::application_does_not_provide};
constexpr std::array kUnique = {FindingCode::several_applications};

constexpr std::array kChecks = {
    Check{2, "somebody provides the interface", kReads, kProvided, nullptr, check_provided},
    Check{2, "every application that is named has a Service", kReadsServices, kNames, nullptr,
          check_names},
    Check{2, "every application that is named provides the interface", kReads, kProvides, nullptr,
          check_provides},
    Check{2, "one application provides the interface", kReads, kUnique, nullptr, check_unique},
};

}  // namespace

std::span<const Check> mapping_checks() { return kChecks; }

}  // namespace podreg::doctor
