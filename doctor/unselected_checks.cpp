// Step 3, pods that registered and that no Service selects.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>

#include "core/url_derivation.h"
#include "doctor/check.h"

namespace podreg::doctor {
namespace {

using core::FindingCode;
using core::PodObject;

std::unordered_set<const PodObject*> selected_pods(const core::RegistryObjects& objects,
                                                   const PodIndex& index) {
  std::unordered_set<const PodObject*> selected;
  for (const auto& service : objects.services) {
    if (service.selector.empty()) continue;
    for (const auto* pod : index.select(service.ns, service.selector)) selected.insert(pod);
  }
  return selected;
}

// "namespace/name" of the pods that Endpoints of a Service name: the checks of addresses tell of
// those.
std::unordered_set<std::string> named_pods(const core::RegistryObjects& objects) {
  std::set<std::pair<std::string_view, std::string_view>> services;
  for (const auto& service : objects.services) services.emplace(service.ns, service.name);
  std::unordered_set<std::string> named;
  for (const auto& endpoints : objects.endpoints) {
    if (!services.contains({endpoints.ns, endpoints.name})) continue;
    for (const auto& subset : endpoints.subsets) {
      for (const auto& address : subset.addresses) {
        if (address.pod) named.insert(endpoints.ns + "/" + *address.pod);
      }
    }
  }
  return named;
}

// The Service that misses the pod by the fewest pairs of its selector.
const core::Service* service_that_misses(const core::RegistryObjects& objects, const PodObject& pod,
                                         core::Labels& missing) {
  const core::Service* nearest = nullptr;
  for (const auto& service : objects.services) {
    if (service.ns != pod.ns || service.selector.empty()) continue;
    core::Labels lacks;
    for (const auto& pair : service.selector) {
      if (!std::ranges::binary_search(*pod.labels, pair)) lacks.push_back(pair);
    }
    const bool is_near = lacks.size() < service.selector.size();
    if (!is_near || (nearest != nullptr && lacks.size() >= missing.size())) continue;
    nearest = &service;
    missing = std::move(lacks);
  }
  return nearest;
}

void add(const core::RegistryObjects& objects, const PodObject& pod, Findings& findings) {
  core::Labels missing;
  const auto* nearest = service_that_misses(objects, pod, missing);
  std::string detail;
  std::string advice = "make a Service with the application's name that selects the pod's labels";
  if (!pod.labels->empty()) advice += fmt::format(" ({})", core::to_string(*pod.labels));
  if (nearest != nullptr) {
    detail =
        fmt::format(": Service \"{}\" wants {} as well", nearest->name, core::to_string(missing));
    advice = "correct the labels of the pods' template, or the selector";
  }
  findings.add({FindingCode::registered_without_service, pod.ns, "pod/" + pod.name,
                nearest == nullptr ? "" : nearest->name, std::move(detail), std::move(advice)});
}

void check_selected(const Evidence& evidence, const ServiceCases& cases, Findings& findings) {
  if (!evidence.everything) return;
  const auto& objects = evidence.objects;
  const auto selected = selected_pods(objects, cases.pods());
  std::optional<std::unordered_set<std::string>> named;  // few registries need it
  for (const auto& pod : objects.pods) {
    const bool is_running = !pod.terminating && !has_finished(pod);
    const bool is_registered = pod.annotation && !pod.annotation->empty();
    if (!is_running || !is_registered || selected.contains(&pod)) continue;
    const auto registration = core::Registration::read(pod.annotation);
    // Consumers register too, and need no Service.
    if (!registration.metadata || !core::exports_services(registration.metadata->revision()))
      continue;
    if (!named) named = named_pods(objects);
    if (!named->contains(pod.ns + "/" + pod.name)) add(objects, pod, findings);
  }
}

constexpr std::array kReads = {Source::services, Source::endpoints, Source::pods};
constexpr std::array kFinds = {FindingCode::registered_without_service};

constexpr std::array kChecks = {
    Check{3, "every registered pod is one of a Service", kReads, kFinds, nullptr, check_selected},
};

}  // namespace

std::span<const Check> unselected_checks() { return kChecks; }

}  // namespace podreg::doctor
