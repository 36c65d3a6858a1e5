// Step 3, EndpointSlices beside the Endpoints, of which Dubbo reads only the latter.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>

#include "core/ip_address.h"
#include "doctor/check.h"

namespace podreg::doctor {
namespace {

using core::FindingCode;

// How many addresses a sentence shows.
constexpr std::size_t kShown = 3;

// By their value: an address of IPv6 can be written in several ways.
using Addresses = std::map<core::AddressOrder, std::string>;

Addresses ready_in_endpoints(const core::Endpoints& endpoints) {
  Addresses addresses;
  for (const auto& subset : endpoints.subsets) {
    for (const auto& address : subset.addresses)
      addresses.emplace(core::AddressOrder(address.ip), address.ip);
  }
  return addresses;
}

Addresses ready_in_slices(const ServiceCase& of, std::string_view type) {
  Addresses addresses;
  for (const auto* slice : of.slices) {
    if (slice->address_type != type) continue;
    for (const auto& endpoint : slice->endpoints) {
      if (endpoint.ready && !endpoint.address.ip.empty())
        addresses.emplace(core::AddressOrder(endpoint.address.ip), endpoint.address.ip);
    }
  }
  return addresses;
}

// Endpoints have one family: that of their addresses.
std::string family_of(const Addresses& addresses, const core::Service& service) {
  if (!addresses.empty())
    return addresses.begin()->second.find(':') == std::string::npos ? "IPv4" : "IPv6";
  return service.ip_families.empty() ? "IPv4" : service.ip_families.front();
}

std::string some_of(const Addresses& addresses) {
  std::vector<std::string> shown;
  for (const auto& [order, address] : addresses) {
    if (shown.size() == kShown) break;
    shown.push_back(address);
  }
  auto text = fmt::format("{}", fmt::join(shown, ", "));
  if (addresses.size() > kShown) text += fmt::format(" and {} more", addresses.size() - kShown);
  return text;
}

Addresses without(const Addresses& all, const Addresses& others) {
  Addresses rest = all;
  std::erase_if(rest, [&](const auto& one) { return others.contains(one.first); });
  return rest;
}

void compare(const ServiceCase& of, const Addresses& endpoints, const Addresses& slices,
             Findings& findings) {
  const auto only_endpoints = without(endpoints, slices);
  const auto only_slices = without(slices, endpoints);
  std::vector<std::string> parts;
  if (!only_endpoints.empty())
    parts.push_back(fmt::format("only the Endpoints have {}", some_of(only_endpoints)));
  if (!only_slices.empty())
    parts.push_back(fmt::format("only the EndpointSlices have {}", some_of(only_slices)));
  if (parts.empty()) return;
  findings.add_service(
      FindingCode::slices_differ, of, fmt::format("{}", fmt::join(parts, ", ")),
      "see which of them is right, and who else writes the other; --endpoint-source "
      "endpointslices shows the instances of the slices");
}

void check_slices(const ServiceCase& of, const Evidence& /*evidence*/, Findings& findings) {
  const bool comparable = of.service != nullptr && of.endpoints != nullptr &&
                          !of.endpoints->truncated && !of.slices.empty();
  if (!comparable) return;
  const auto endpoints = ready_in_endpoints(*of.endpoints);
  compare(of, endpoints, ready_in_slices(of, family_of(endpoints, *of.service)), findings);
}

void check_families(const ServiceCase& of, const Evidence& /*evidence*/, Findings& findings) {
  if (of.service == nullptr || of.slices.empty()) return;
  const auto& families = of.service->ip_families;
  if (families.size() < 2) return;
  for (std::size_t i = 0; i < families.size(); ++i) {
    const auto& other = families[1 - std::min<std::size_t>(i, 1)];
    if (!ready_in_slices(of, families[i]).empty() || ready_in_slices(of, other).empty()) continue;
    findings.add_service(FindingCode::dual_stack_incomplete, of,
                         fmt::format("{}, but there are ready addresses of {} only",
                                     fmt::join(families, " and "), other));
  }
}

constexpr std::array kReads = {Source::services, Source::endpoints, Source::slices};
constexpr std::array kReadsSlices = {Source::services, Source::slices};
constexpr std::array kDiffer = {FindingCode::slices_differ};
constexpr std::array kFamilies = {FindingCode::dual_stack_incomplete};

constexpr std::array kChecks = {
    Check{3, "Endpoints and EndpointSlices agree", kReads, kDiffer, check_slices},
    Check{3, "every IP family of a Service has addresses", kReadsSlices, kFamilies, check_families},
};

}  // namespace

std::span<const Check> slice_checks() { return kChecks; }

}  // namespace podreg::doctor
