// Step 0: whether the API server answers, and to whom.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cstdlib>
#include <string>

#include "doctor/check.h"

namespace podreg::doctor {
namespace {

using core::FindingCode;

constexpr std::int64_t kToleratedSkew = std::int64_t{2} * 60 * 1000;

FindingCode code_of(const core::Error& error) {
  if (error.kind() == core::ErrorKind::not_allowed) return FindingCode::credentials_refused;
  const std::string_view text = error.what();
  return text.find("certificate") == std::string_view::npos ? FindingCode::api_server_unreachable
                                                            : FindingCode::certificate_refused;
}

void check_connection(const Evidence& evidence, const ServiceCases& /*cases*/, Findings& findings) {
  if (!evidence.failed) return;
  findings.add({code_of(*evidence.failed),
                {},
                "apiserver",
                {},
                evidence.failed->what(),
                evidence.failed->hint()});
}

void check_reading(const Evidence& evidence, const ServiceCases& /*cases*/, Findings& findings) {
  for (const auto& unread : evidence.objects.unread) {
    findings.add({FindingCode::not_readable, {}, unread.resource, {}, unread.error.what(), {}});
  }
}

// "get and list pods, list services"
std::string in_words(const std::vector<core::Permission>& denied) {
  std::map<std::string, std::vector<std::string>> verbs;
  for (const auto& permission : denied) verbs[permission.resource].push_back(permission.verb);
  std::vector<std::string> parts;
  parts.reserve(verbs.size());
  for (const auto& [resource, of] : verbs) {
    parts.push_back(fmt::format("{} {}", fmt::join(of, " and "), resource));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

void check_accounts(const Evidence& evidence, const ServiceCases& /*cases*/, Findings& findings) {
  for (const auto& one : evidence.accounts) {
    if (one.denied.empty()) continue;
    const auto code =
        one.is_consumer ? FindingCode::consumer_not_allowed : FindingCode::provider_not_allowed;
    findings.add({code,
                  one.ns,
                  "serviceaccount/" + one.account,
                  fmt::format("{}", fmt::join(one.services, ", ")),
                  in_words(one.denied),
                  {}});
  }
}

void check_clock(const Evidence& evidence, const ServiceCases& /*cases*/, Findings& findings) {
  const auto behind = evidence.clock_behind.value_or(0);
  if (std::abs(behind) <= kToleratedSkew) return;
  const auto seconds = std::abs(behind) / 1000;
  findings.add({FindingCode::clock_skew,
                {},
                "apiserver",
                {},
                fmt::format("{} min {} s {}", seconds / 60, seconds % 60,
                            behind > 0 ? "behind" : "ahead of"),
                {}});
}

void check_registry_url(const Evidence& evidence, const ServiceCases& /*cases*/,
                        Findings& findings) {
  if (evidence.connection.certificate_not_checked)
    findings.add({FindingCode::certificate_not_checked, {}, "registry", {}, {}, {}});
  if (evidence.connection.registering_disabled)
    findings.add({FindingCode::registering_disabled, {}, "registry", {}, {}, {}});
}

constexpr std::array kConnection = {FindingCode::api_server_unreachable,
                                    FindingCode::certificate_refused,
                                    FindingCode::credentials_refused};
constexpr std::array kReading = {FindingCode::not_readable};
constexpr std::array kAccounts = {FindingCode::provider_not_allowed,
                                  FindingCode::consumer_not_allowed};
constexpr std::array kClock = {FindingCode::clock_skew};
constexpr std::array kRegistryUrl = {FindingCode::certificate_not_checked,
                                     FindingCode::registering_disabled};
constexpr std::array kReadsServer = {Source::server};
constexpr std::array kReadsUrl = {Source::registry_url};
constexpr std::array kReadsAccounts = {Source::pods, Source::accounts};
constexpr std::array kReadsDate = {Source::date};

constexpr std::array kChecks = {
    Check{0, "the API server answers", kReadsServer, kConnection, nullptr, check_connection},
    Check{0, "everything may be read", kReadsServer, kReading, nullptr, check_reading},
    Check{0, "ServiceAccounts may do what Dubbo needs", kReadsAccounts, kAccounts, nullptr,
          check_accounts},
    Check{0, "the clock agrees with the API server's", kReadsDate, kClock, nullptr, check_clock},
    Check{1, "the registry URL lets providers register", kReadsUrl, kRegistryUrl, nullptr,
          check_registry_url},
};

}  // namespace

std::span<const Check> access_checks() { return kChecks; }

}  // namespace podreg::doctor
