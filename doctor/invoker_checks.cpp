// Step 5: whether what is provided matches what is asked for, and answers.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "core/comma_list.h"
#include "core/ip_address.h"
#include "core/mapping.h"
#include "core/metadata_service.h"
#include "core/short_text.h"
#include "doctor/check.h"
#include "doctor/release.h"

namespace podreg::doctor {
namespace {

using core::FindingCode;
using core::ProbeStatus;

FindingCode code_of(ProbeStatus status) {
  switch (status) {
    case ProbeStatus::refused:
      return FindingCode::url_refused;
    case ProbeStatus::timeout:
      return FindingCode::url_timed_out;
    case ProbeStatus::protocol_mismatch:
      return FindingCode::url_other_protocol;
    case ProbeStatus::ok:
    case ProbeStatus::error:
      break;
  }
  return FindingCode::url_failed;
}

std::string place_of(const core::DerivedUrl& url) {
  return fmt::format("{}://{}", url.url.protocol, core::host_port(url.url.host, url.url.port));
}

// Of a port that refuses or is silent one service is as good as another.
std::string detail_of(const core::ProbeSeries& series) {
  const auto code = code_of(series.last.status);
  auto place = place_of(series.url);
  if (code == FindingCode::url_refused || code == FindingCode::url_timed_out) return place;
  const auto error = core::short_text(series.last.error);
  if (code == FindingCode::url_other_protocol) return fmt::format("{}: {}", place, error);
  return fmt::format("{} fails for {}: {}", place, series.url.interface, error);
}

void check_probes(const Evidence& evidence, const ServiceCases& /*cases*/, Findings& findings) {
  for (const auto& series : evidence.probes) {
    if (series.failed == 0) continue;
    findings.add({code_of(series.last.status),
                  series.url.ns,
                  "pod/" + series.url.pod,
                  series.url.application,
                  detail_of(series),
                  {}});
  }
}

std::string what_is_asked(const core::ServiceMatch& match) {
  std::vector<std::string> parts;
  const auto add = [&](std::string_view what, const std::string& value) {
    if (value == core::kAny) return;
    parts.push_back(value.empty() ? fmt::format("without {}", what)
                                  : fmt::format("in {} {}", what, value));
  };
  add("version", match.version);
  add("group", match.group);
  if (!match.protocol.empty()) add("protocol", match.protocol);
  return parts.empty() ? "with a URL" : fmt::format("{}", fmt::join(parts, " and "));
}

void check_matches(const Evidence& evidence, const ServiceCases& /*cases*/, Findings& findings) {
  const auto metadata = core::by_revision(evidence.revisions);
  for (const auto& question : evidence.interfaces) {
    const auto& match = question.query.match;
    const auto variants = core::variants_of(evidence.instances, metadata, match.interface);
    if (variants.empty() || !core::derive_urls(evidence.instances, metadata, match).empty())
      continue;
    findings.add({FindingCode::nothing_matches,
                  {},
                  "interface/" + match.interface,
                  {},
                  what_is_asked(match),
                  core::short_text(fmt::format("there is {}", fmt::join(variants, "; ")))});
  }
}

// What a side can serialize with, in its order; empty when it does not say.
std::vector<std::string> serializations(const std::string& preferred, const std::string& fixed) {
  const auto members = core::comma_list(preferred);
  std::vector<std::string> all(members.begin(), members.end());
  if (!fixed.empty()) all.push_back(fixed);
  return all;
}

std::vector<std::string> serializations_of(const core::MetadataInfo& info) {
  for (const auto& [key, service] : info.services) {
    const auto preferred = service.params.find("prefer.serialization");
    const auto fixed = service.params.find("serialization");
    auto all = serializations(preferred == service.params.end() ? "" : preferred->second,
                              fixed == service.params.end() ? "" : fixed->second);
    if (!all.empty()) return all;
  }
  return {};
}

// Who does not say has the usual ones.
bool have_common(const std::vector<std::string>& offered, const std::vector<std::string>& own) {
  return offered.empty() || std::ranges::find_first_of(offered, own) != offered.end();
}

// What an instance registered with its MetadataService.
std::vector<std::string> registered_serializations(const core::Instance& instance) {
  return serializations(core::metadata_service_param(instance, "prefer.serialization"),
                        core::metadata_service_param(instance, "serialization"));
}

void add_serializations(const std::string& ns, const std::string& pod,
                        const std::vector<std::string>& offered, const Evidence& evidence,
                        Findings& findings) {
  findings.add({FindingCode::serializations_differ,
                ns,
                "pod/" + pod,
                evidence.consumer_pod,
                fmt::format("{}", fmt::join(offered, ", ")),
                {}});
}

void check_serializations(const Evidence& evidence, const ServiceCases& /*cases*/,
                          Findings& findings) {
  std::vector<std::string> own;
  if (evidence.consumer_metadata) own = serializations_of(*evidence.consumer_metadata);
  if (own.empty() && evidence.consumer_instance)
    own = registered_serializations(*evidence.consumer_instance);
  if (own.empty()) return;
  for (const auto& url : evidence.urls) {
    const auto offered =
        serializations(url.url.param("prefer.serialization"), url.url.param("serialization"));
    if (have_common(offered, own)) continue;
    add_serializations(url.ns, url.pod, offered, evidence, findings);
  }
  if (!evidence.urls.empty()) return;
  for (const auto& one : evidence.instances) {
    const auto offered = registered_serializations(one);
    if (!have_common(offered, own))
      add_serializations(one.ns, one.pod, offered, evidence, findings);
  }
}

std::string protocol_of(const core::Instance& instance) {
  try {
    return core::metadata_service_of(instance, std::nullopt).protocol;
  } catch (const core::Error&) {
    return {};
  }
}

void check_releases(const Evidence& evidence, const ServiceCases& /*cases*/, Findings& findings) {
  const auto consumer =
      evidence.consumer_instance ? release_of(*evidence.consumer_instance) : std::nullopt;
  if (!consumer) return;
  for (const auto& one : evidence.instances) {
    const auto provider = release_of(one);
    if (!provider) continue;
    for (const auto& row : incompatibilities()) {
      if (!row.provider.contain(*provider) || !row.consumer.contain(*consumer)) continue;
      if (!row.protocol.empty() && row.protocol != protocol_of(one)) continue;
      findings.add({FindingCode::releases_incompatible, one.ns, "pod/" + one.pod, one.service_name,
                    fmt::format("pod \"{}\" with Dubbo {} {} (the consumer has {}; {})", one.pod,
                                to_string(*provider), row.what, to_string(*consumer), row.source),
                    std::string(row.remedy)});
    }
  }
}

constexpr std::array kReadsMapping = {Source::mapping, Source::metadata};
constexpr std::array kReadsConsumer = {Source::services, Source::endpoints, Source::pods,
                                       Source::consumer};
constexpr std::array kReadsProbes = {Source::services, Source::endpoints, Source::pods,
                                     Source::metadata, Source::probes};
constexpr std::array kProbes = {FindingCode::url_refused, FindingCode::url_timed_out,
                                FindingCode::url_other_protocol, FindingCode::url_failed};
constexpr std::array kMatches = {FindingCode::nothing_matches};
constexpr std::array kSerializations = {FindingCode::serializations_differ};
constexpr std::array kReleases = {FindingCode::releases_incompatible};

constexpr std::array kChecks = {
    Check{5, "version, group and protocol match", kReadsMapping, kMatches, nullptr, check_matches},
    Check{5, "consumer and providers share a serialization", kReadsConsumer, kSerializations,
          nullptr, check_serializations},
    Check{5, "the releases of Dubbo work together", kReadsConsumer, kReleases, nullptr,
          check_releases},
    Check{5, "every URL answers", kReadsProbes, kProbes, nullptr, check_probes},
};

}  // namespace

std::span<const Check> invoker_checks() { return kChecks; }

}  // namespace podreg::doctor
