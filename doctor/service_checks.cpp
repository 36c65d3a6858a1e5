// Step 3, the Service and its Endpoints: whether they are there and fit together.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/short_text.h"
#include "doctor/check.h"

namespace podreg::doctor {
namespace {

using core::FindingCode;
using core::WarningCode;

constexpr std::string_view kExternalName = "ExternalName";

// How many names a sentence shows.
constexpr std::size_t kShown = 3;

std::string where_it_is(const ServiceCase& of, const Evidence& evidence) {
  const auto found = evidence.elsewhere.find(of.name);
  if (found != evidence.elsewhere.end() && !found->second.empty()) {
    return fmt::format("there is one in namespace {}: let the consumer's registry read that",
                       fmt::join(found->second, ", "));
  }
  if (auto near = nearest_service(evidence, of.ns, of.name); !near.empty())
    return fmt::format("the nearest name is \"{}\"", near);
  return "make a Service with the application's name and the labels of its pods as selector";
}

void check_service(const ServiceCase& of, const Evidence& evidence, Findings& findings) {
  if (of.service == nullptr)
    return findings.add_service(FindingCode::service_missing, of, {}, where_it_is(of, evidence));
  if (of.service->type == kExternalName)
    return findings.add_service(FindingCode::service_external_name, of);
  if (of.service->selector.empty()) findings.add_service(FindingCode::service_without_selector, of);
}

// What the pods have instead of the pair, of the first few: "app=shop-ordr (shop-1)".
std::string what_pods_have(const ServiceCase& of, const std::string& key,
                           const std::vector<const core::PodObject*>& pods) {
  std::vector<std::string> texts;
  std::set<std::string> seen;
  for (const auto* pod : pods) {
    for (const auto& [name, value] : *pod->labels) {
      if (name != key || !seen.insert(value).second) continue;
      texts.push_back(fmt::format("{}={} of pod \"{}\"", name, value, pod->name));
    }
    if (texts.size() == kShown) break;
  }
  if (texts.empty()) return fmt::format("no pod of namespace \"{}\" has a label {}", of.ns, key);
  return fmt::format("there is {}", fmt::join(texts, ", "));
}

// The pods that miss the fewest pairs of the selector, and those pairs.
struct Nearly {
  std::vector<std::pair<std::string, std::string>> missing;
  const core::PodObject* pod = nullptr;
};

Nearly nearly_selected(const core::Labels& selector,
                       const std::vector<const core::PodObject*>& pods) {
  Nearly best{selector, nullptr};
  for (const auto* pod : pods) {
    std::vector<std::pair<std::string, std::string>> missing;
    for (const auto& pair : selector) {
      if (!std::ranges::binary_search(*pod->labels, pair)) missing.push_back(pair);
    }
    if (missing.size() < best.missing.size()) best = {std::move(missing), pod};
  }
  return best;
}

std::vector<const core::PodObject*> some_pods_of(const Evidence& evidence, const std::string& ns) {
  static constexpr std::size_t kLookedAt = 2'000;  // of a Service that matches nothing
  std::vector<const core::PodObject*> pods;
  const auto& all = evidence.objects.pods;
  auto place = std::ranges::lower_bound(all, ns, {}, &core::PodObject::ns);
  for (; place != all.end() && place->ns == ns && pods.size() < kLookedAt; ++place) {
    if (!has_finished(*place)) pods.push_back(&*place);
  }
  return pods;
}

void check_selector(const ServiceCase& of, const Evidence& evidence, Findings& findings) {
  if (of.service == nullptr || of.service->selector.empty() || !of.pods.empty()) return;
  if (of.service->type == kExternalName) return;
  const auto pods = some_pods_of(evidence, of.ns);
  const auto nearly = nearly_selected(of.service->selector, pods);
  // An application that is scaled to none is no fault; pods that miss their Service are found as
  // RegisteredWithoutService.
  if (!of.is_named && nearly.pod == nullptr) return;
  const auto& [key, value] = nearly.missing.front();
  auto detail = fmt::format("{}={}: {}", key, value, what_pods_have(of, key, pods));
  if (nearly.pod != nullptr) {
    detail = fmt::format("pod \"{}\" has all of it but {}", nearly.pod->name,
                         core::to_string({nearly.missing.begin(), nearly.missing.end()}));
  }
  findings.add_service(FindingCode::selector_matches_no_pod, of, core::short_text(detail),
                       pods.empty() ? "start the pods: there is none in this namespace"
                                    : "correct the selector, or the labels in the pods' template");
}

std::size_t count(const core::Endpoints& endpoints,
                  std::vector<core::EndpointAddress> core::EndpointSubset::*which) {
  std::size_t sum = 0;
  for (const auto& subset : endpoints.subsets) sum += (subset.*which).size();
  return sum;
}

void check_empty(const ServiceCase& of, Findings& findings) {
  const auto not_ready = count(*of.endpoints, &core::EndpointSubset::not_ready_addresses);
  if (not_ready > 0) {
    return findings.add_service(FindingCode::endpoints_empty, of,
                                fmt::format(", and {} that are not ready", not_ready),
                                "see why the pods are not ready");
  }
  if (of.pods.empty()) return;  // its selector says why
  findings.add_service(FindingCode::endpoints_empty, of, {},
                       "see whether the pods are running and the endpoints controller is");
}

void check_endpoints(const ServiceCase& of, const Evidence& /*evidence*/, Findings& findings) {
  if (of.service == nullptr || of.service->type == kExternalName) return;
  if (of.endpoints == nullptr) {
    return findings.add_service(
        FindingCode::endpoints_missing, of, {},
        of.service->selector.empty()
            ? "without a selector Kubernetes makes none: give the Service one"
            : "see whether the endpoints controller is running");
  }
  if (count(*of.endpoints, &core::EndpointSubset::addresses) == 0) return check_empty(of, findings);
  for (const auto& warning : of.discovery.warnings) {
    // The governing Service of a StatefulSet needs none; nobody asks for it.
    const bool meant = !of.is_named && of.service->ports.empty();
    if (warning.code == WarningCode::endpoints_without_ports && !meant)
      findings.add_service(FindingCode::endpoints_without_ports, of);
  }
}

void check_truncation(const ServiceCase& of, const Evidence& /*evidence*/, Findings& findings) {
  if (of.endpoints == nullptr || !of.endpoints->truncated) return;
  std::set<std::string_view> sliced;
  for (const auto* slice : of.slices) {
    for (const auto& endpoint : slice->endpoints) {
      if (endpoint.ready) sliced.insert(endpoint.address.ip);
    }
  }
  const auto present = core::ready_addresses(*of.endpoints);
  findings.add_service(FindingCode::endpoints_truncated, of,
                       sliced.size() > present
                           ? fmt::format("{} of {} ready addresses", present, sliced.size())
                           : fmt::format("{} ready addresses and not all", present));
}

constexpr std::array kReadsServices = {Source::services};
constexpr std::array kReadsPods = {Source::services, Source::pods};
constexpr std::array kReadsEndpoints = {Source::services, Source::endpoints};
constexpr std::array kService = {FindingCode::service_missing, FindingCode::service_external_name,
                                 FindingCode::service_without_selector};
constexpr std::array kSelector = {FindingCode::selector_matches_no_pod};
constexpr std::array kEndpoints = {FindingCode::endpoints_missing, FindingCode::endpoints_empty,
                                   FindingCode::endpoints_without_ports};
constexpr std::array kTruncation = {FindingCode::endpoints_truncated};

constexpr std::array kChecks = {
    Check{3, "every application has a Service with a selector", kReadsServices, kService,
          check_service},
    Check{3, "every selector matches pods", kReadsPods, kSelector, check_selector},
    Check{3, "every Service has Endpoints with ready addresses and ports", kReadsEndpoints,
          kEndpoints, check_endpoints},
    Check{3, "the Endpoints are not truncated", kReadsEndpoints, kTruncation, check_truncation},
};

}  // namespace

std::span<const Check> service_checks() { return kChecks; }

}  // namespace podreg::doctor
