#include "core/discovery.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "core/error.h"
#include "core/ip_address.h"

namespace podreg::core {

namespace {

// An address as it takes part in the join: how often the subsets name it matters only for a
// warning.
struct Candidate {
  const EndpointAddress* address;
  bool repeated = false;
};

std::vector<Candidate> candidates(const Endpoints& endpoints) {
  std::vector<Candidate> result;
  std::unordered_map<std::string, std::size_t> seen;
  for (const EndpointSubset& subset : endpoints.subsets) {
    for (const EndpointAddress& address : subset.addresses) {
      const std::string key = address.pod ? address.ip + ' ' + *address.pod : address.ip;
      const auto [place, is_new] = seen.try_emplace(key, result.size());
      if (is_new) {
        result.push_back({&address});
      } else {
        result[place->second].repeated = true;
      }
    }
  }
  return result;
}

// Names of the keys whose values are not strings, "a, b"; empty when there are none.
std::string keys_not_text(const Metadata& metadata) {
  std::string keys;
  for (std::size_t i = 0; i < metadata.size(); ++i) {
    const Metadata::Entry entry = metadata.entry(i);
    if (entry.is_text) continue;
    if (!keys.empty()) keys += ", ";
    keys += entry.key;
  }
  return keys;
}

// The join of one Service; collects into `result`.
class Join {
 public:
  Join(const ServiceState& state, const Registrations& listed) : state_(state), listed_(listed) {}

  Discovery run() {
    if (!check_objects()) return std::move(result_);
    for (const EndpointSubset& subset : state_.endpoints->subsets) {
      for (const EndpointPort& port : subset.ports) ports_.insert(port.port);
    }
    const auto addresses = candidates(*state_.endpoints);
    if (ports_.empty() && !addresses.empty()) warn(WarningCode::endpoints_without_ports);
    for (const Candidate& candidate : addresses) add(candidate);
    sort();
    return std::move(result_);
  }

 private:
  // Whether there is anything to join.
  bool check_objects() {
    if (!state_.service) {
      if (state_.endpoints) warn(WarningCode::service_not_found);
      return false;
    }
    if (state_.service->selector.empty()) warn(WarningCode::service_without_selector);
    if (!state_.endpoints) {
      warn(WarningCode::endpoints_not_found);
      return false;
    }
    if (state_.endpoints->truncated) warn_truncated();
    return true;
  }

  void add(const Candidate& candidate) {
    const EndpointAddress& address = *candidate.address;
    if (!address.pod) return warn(WarningCode::endpoint_without_target_ref, address);
    const auto found = listed_.find(*address.pod);
    if (found == listed_.end()) return warn(WarningCode::endpoint_without_pod, address);
    const Registration& registration = found->second;
    if (!registration.error.empty()) {
      return warn(WarningCode::invalid_metadata, address, registration.error);
    }
    if (!registration.metadata) return warn(WarningCode::pod_without_metadata, address);
    if (candidate.repeated) warn(WarningCode::duplicate_instance, address);
    if (auto keys = keys_not_text(*registration.metadata); !keys.empty()) {
      warn(WarningCode::metadata_not_text, address, std::move(keys));
    }
    for (const int port : ports_) {
      result_.instances.push_back({state_.name, state_.ns, address.ip, port, *address.pod,
                                   address.node, registration.metadata});
    }
  }

  void sort() {
    std::vector<std::pair<AddressOrder, std::size_t>> order;
    order.reserve(result_.instances.size());
    for (std::size_t i = 0; i < result_.instances.size(); ++i) {
      order.emplace_back(AddressOrder(result_.instances[i].host), i);
    }
    std::ranges::sort(order, [this](const auto& a, const auto& b) {
      const Instance& left = result_.instances[a.second];
      const Instance& right = result_.instances[b.second];
      return std::tie(a.first, left.port, left.pod) < std::tie(b.first, right.port, right.pod);
    });
    std::vector<Instance> sorted;
    sorted.reserve(order.size());
    for (const auto& place : order) sorted.push_back(std::move(result_.instances[place.second]));
    result_.instances = std::move(sorted);
  }

  void warn(WarningCode code) {
    result_.warnings.push_back({code, state_.ns, state_.name, {}, {}, {}});
  }

  void warn(WarningCode code, const EndpointAddress& address, std::string detail = {}) {
    result_.warnings.push_back(
        {code, state_.ns, state_.name, address.ip, address.pod.value_or(""), std::move(detail)});
  }

  void warn_truncated() {
    const std::size_t present = ready_addresses(*state_.endpoints);
    std::string detail =
        state_.slice_addresses
            ? fmt::format("{} of {} ready addresses", present, *state_.slice_addresses)
            : fmt::format("{} ready addresses and not all of them", present);
    result_.warnings.push_back(
        {WarningCode::endpoints_truncated, state_.ns, state_.name, {}, {}, std::move(detail)});
  }

  const ServiceState& state_;
  const Registrations& listed_;
  std::set<int> ports_;
  Discovery result_;
};

}  // namespace

Registration Registration::read(std::optional<std::string_view> annotation) {
  Registration result;
  if (!annotation || annotation->empty()) return result;
  try {
    result.metadata = std::make_shared<const Metadata>(Metadata::parse(*annotation));
  } catch (const Error& error) {
    result.error = error.what();
  }
  return result;
}

std::size_t ready_addresses(const Endpoints& endpoints) { return candidates(endpoints).size(); }

Discovery discover(const ServiceState& state, const Registrations& listed) {
  return Join(state, listed).run();
}

}  // namespace podreg::core
