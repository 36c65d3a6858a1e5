// Step 1: whether providers have registered, and what they wrote.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/metadata.h"
#include "core/short_text.h"
#include "core/timestamp.h"
#include "core/url_derivation.h"
#include "doctor/check.h"

namespace podreg::doctor {
namespace {

using core::FindingCode;

// A provider that starts registers once all its services are exported.
constexpr std::int64_t kStarting = 60'000;
// A timestamp is taken a moment before it is written, and that of a container has whole seconds.
constexpr std::int64_t kClockGrain = 2'000;

// Which name a provider in the pod would take for its own; empty when nothing speaks against the
// right one.
std::string hostname_fault(const core::PodObject& pod) {
  const bool overridden = std::ranges::any_of(
      pod.containers, [](const core::Container& one) { return one.hostname.has_value(); });
  for (const auto& container : pod.containers) {
    if (container.hostname && !container.hostname->empty() && *container.hostname != pod.name) {
      return fmt::format("HOSTNAME of container \"{}\" is set to \"{}\"", container.name,
                         core::short_text(*container.hostname));
    }
  }
  if (overridden) return {};
  if (pod.host_network) {
    return fmt::format("it has hostNetwork, and so HOSTNAME is the name of its node{}",
                       pod.node.empty() ? "" : " (" + pod.node + ")");
  }
  if (!pod.hostname.empty() && pod.hostname != pod.name)
    return fmt::format("spec.hostname is \"{}\"", pod.hostname);
  return {};
}

std::optional<std::int64_t> last_start(const core::PodObject& pod) {
  std::optional<std::int64_t> last;
  for (const auto& container : pod.containers) {
    if (container.started) last = std::max(last.value_or(0), *container.started);
  }
  return last;
}

bool may_not_patch(const ServiceCase& of, const Evidence& evidence) {
  return std::ranges::any_of(evidence.accounts, [&](const AccountAccess& one) {
    return !one.is_consumer && !one.denied.empty() && one.ns == of.ns &&
           one.services.contains(of.name);
  });
}

// The causes that are known first, then those that podreg cannot see.
std::string why_not_registered(const ServiceCase& of, const core::PodObject& pod,
                               const Evidence& evidence) {
  std::vector<std::string> advice;
  if (may_not_patch(of, evidence)) {
    advice.push_back(fmt::format("let its ServiceAccount \"{}\" patch pods (ProviderNotAllowed)",
                                 pod.account()));
  }
  if (evidence.connection.registering_disabled)
    advice.emplace_back("leave enableRegister=false out of its registry URL");
  const auto started = last_start(pod);
  if (started && evidence.now && *evidence.now - *started < kStarting) {
    advice.push_back(fmt::format("wait: it started {} s ago",
                                 std::max<std::int64_t>(0, *evidence.now - *started) / 1000));
  }
  if (!advice.empty()) return fmt::format("{}", fmt::join(advice, "; "));
  return fmt::format(
      "look into its log for 1-22 and 5-11: it may not be allowed to patch pods, have "
      "enableRegister=false, register in another namespace, be starting still, or have met a "
      "conflict (409), which Dubbo does not try again; a restart, or podreg register {}, registers "
      "it",
      pod.name);
}

void check_registered(const ServiceCase& of, const Evidence& evidence, Findings& findings) {
  for (const CasePod& one : of.pods) {
    if (one.listed != Listed::as_ready) continue;
    const core::PodObject& pod = *one.pod;
    if (pod.annotation) {
      const bool empty = pod.annotation->empty();
      if (empty || (one.registration.metadata && one.registration.metadata->size() == 0)) {
        findings.add(FindingCode::annotation_without_entries, of, pod.name,
                     empty ? "empty" : "an empty object");
      }
    } else if (auto fault = hostname_fault(pod); !fault.empty()) {
      findings.add(FindingCode::hostname_differs, of, pod.name, std::move(fault));
    } else if (!pod.foreign_annotations.empty()) {
      findings.add(FindingCode::foreign_registration, of, pod.name,
                   fmt::format("{}", fmt::join(pod.foreign_annotations, ", ")));
    } else {
      findings.add(FindingCode::not_registered, of, pod.name, {},
                   why_not_registered(of, pod, evidence));
    }
  }
}

void check_readable(const ServiceCase& of, const Evidence& /*evidence*/, Findings& findings) {
  for (const auto& warning : of.discovery.warnings) {
    if (warning.code == core::WarningCode::invalid_metadata) {
      findings.add(FindingCode::annotation_invalid, of, warning.pod, warning.detail);
    } else if (warning.code == core::WarningCode::metadata_not_text) {
      findings.add(FindingCode::values_not_text, of, warning.pod, core::short_text(warning.detail));
    }
  }
}

void check_revision(const ServiceCase& of, const Evidence& /*evidence*/, Findings& findings) {
  for (const CasePod& one : of.pods) {
    const auto& metadata = one.registration.metadata;
    if (one.listed != Listed::as_ready || !metadata || metadata->size() == 0) continue;
    if (metadata->revision().empty()) {
      findings.add(FindingCode::revision_missing, of, one.pod->name);
    } else if (!core::exports_services(metadata->revision())) {
      findings.add(FindingCode::exports_nothing, of, one.pod->name);
    }
  }
}

// The container of the provider: that with a registered port. When none declares one, it may be any
// of them, and only one older than the registration of all tells something.
std::optional<std::int64_t> providers_start(const CasePod& one, std::string& name) {
  std::optional<std::int64_t> start;
  const auto is_exported = [&](int port) {
    return std::ranges::any_of(one.exported, [&](const auto& it) { return it.port == port; });
  };
  for (const auto& container : one.pod->containers) {
    if (!container.started) continue;
    const bool is_providers = std::ranges::any_of(container.ports, is_exported);
    if (!is_providers && start && *start <= *container.started) continue;
    start = container.started;
    name = container.name;
    if (is_providers) break;
  }
  return start;
}

std::string at(std::int64_t milliseconds) {
  return core::format_timestamp(core::Timestamp(std::chrono::milliseconds(milliseconds)))
      .value_or("an unknown time");
}

void check_age(const ServiceCase& of, const Evidence& /*evidence*/, Findings& findings) {
  for (const CasePod& one : of.pods) {
    if (one.listed != Listed::as_ready || !one.registration.metadata) continue;
    const auto registered = one.registration.metadata->timestamp();
    std::string container;
    const auto started = providers_start(one, container);
    if (!registered || !started || *registered + kClockGrain >= *started) continue;
    findings.add(FindingCode::registration_outdated, of, one.pod->name,
                 fmt::format("registered {}, container \"{}\" started {}", at(*registered),
                             container, at(*started)));
  }
}

constexpr std::array kReads = {Source::services, Source::endpoints, Source::pods};
constexpr std::array kRegistered = {FindingCode::not_registered, FindingCode::hostname_differs,
                                    FindingCode::foreign_registration,
                                    FindingCode::annotation_without_entries};
constexpr std::array kReadable = {FindingCode::annotation_invalid, FindingCode::values_not_text};
constexpr std::array kRevision = {FindingCode::revision_missing, FindingCode::exports_nothing};
constexpr std::array kAge = {FindingCode::registration_outdated};

constexpr std::array kChecks = {
    Check{1, "every ready pod is registered", kReads, kRegistered, check_registered},
    Check{1, "every registration can be read", kReads, kReadable, check_readable},
    Check{1, "every registration has a revision that exports something", kReads, kRevision,
          check_revision},
    Check{1, "every registration is of the running container", kReads, kAge, check_age},
};

}  // namespace

std::span<const Check> registration_checks() { return kChecks; }

}  // namespace podreg::doctor
