#include "core/discovery.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <span>
#include <tuple>
#include <utility>

#include "core/error.h"
#include "core/ip_address.h"

namespace podreg::core {

namespace {

// An address as it takes part in the join: how often the subsets name it matters only for a
// warning.
struct Candidate {
  AddressOrder order;
  const EndpointAddress* address;
  bool repeated = false;

  bool same_as(const Candidate& other) const {
    return order == other.order && address->pod == other.address->pod;
  }
};

// Every ready address once, sorted, so that the result does not depend on the order of subsets:
// that of EndpointSlices is arbitrary.
std::vector<Candidate> candidates(const Endpoints& endpoints) {
  std::vector<Candidate> all;
  for (const EndpointSubset& subset : endpoints.subsets) {
    for (const EndpointAddress& address : subset.addresses) {
      all.push_back({AddressOrder(address.ip), &address});
    }
  }
  std::ranges::sort(all, [](const Candidate& a, const Candidate& b) {
    return std::tie(a.order, a.address->pod) < std::tie(b.order, b.address->pod);
  });
  std::vector<Candidate> result;
  result.reserve(all.size());
  for (Candidate& candidate : all) {
    if (!result.empty() && result.back().same_as(candidate)) {
      result.back().repeated = true;
    } else {
      result.push_back(std::move(candidate));
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
    if (ports_.empty() && !addresses.empty())
      warn(WarningCode::endpoints_without_ports, source_name());
    for (auto first = addresses.begin(); first != addresses.end();) {
      const auto last = std::find_if(first, addresses.end(), [&](const Candidate& candidate) {
        return candidate.order != first->order;
      });
      add({first, last});
      first = last;
    }
    warn_not_ready();
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
      const bool sliced = state_.source == EndpointSource::endpointslices;
      warn(WarningCode::endpoints_not_found,
           sliced ? "EndpointSlice; there may be Endpoints, which Dubbo reads"
                  : "Endpoints object; a Dubbo consumer fails and sees no instance");
      return false;
    }
    if (state_.endpoints->truncated) warn_truncated();
    return true;
  }

  // The pods of one address: nearly always one.
  void add(std::span<const Candidate> pods) {
    std::vector<std::pair<const EndpointAddress*, std::shared_ptr<const Metadata>>> registered;
    for (const Candidate& candidate : pods) {
      if (auto metadata = check(candidate)) {
        registered.emplace_back(candidate.address, std::move(metadata));
      }
    }
    if (registered.empty()) return;  // there may be very many ports
    for (const int port : ports_) {
      for (const auto& [address, metadata] : registered) {
        result_.instances.push_back(
            {state_.name, state_.ns, address->ip, port, *address->pod, address->node, metadata});
      }
    }
  }

  // The metadata with which the address becomes instances; null, and a warning, when it does not.
  std::shared_ptr<const Metadata> check(const Candidate& candidate) {
    const EndpointAddress& address = *candidate.address;
    if (!address.pod) return leave_out(WarningCode::endpoint_without_target_ref, address);
    const auto found = listed_.find(*address.pod);
    if (found == listed_.end()) return leave_out(WarningCode::endpoint_without_pod, address);
    const Registration& registration = found->second;
    if (!registration.error.empty()) {
      return leave_out(WarningCode::invalid_metadata, address, registration.error);
    }
    if (!registration.metadata) return leave_out(WarningCode::pod_without_metadata, address);
    if (candidate.repeated) warn(WarningCode::duplicate_instance, address);
    if (auto keys = keys_not_text(*registration.metadata); !keys.empty()) {
      warn(WarningCode::metadata_not_text, address, std::move(keys));
    }
    return registration.metadata;
  }

  std::nullptr_t leave_out(WarningCode code, const EndpointAddress& address,
                           std::string detail = {}) {
    warn(code, address, std::move(detail));
    return nullptr;
  }

  std::string source_name() const {
    return state_.source == EndpointSource::endpointslices ? "EndpointSlices" : "Endpoints";
  }

  void warn(WarningCode code, std::string detail = {}) {
    result_.warnings.push_back({code, state_.ns, state_.name, {}, {}, std::move(detail)});
  }

  void warn(WarningCode code, const EndpointAddress& address, std::string detail = {}) {
    result_.warnings.push_back(
        {code, state_.ns, state_.name, address.ip, address.pod.value_or(""), std::move(detail)});
  }

  // Behind the others: what is not ready is usually just starting.
  void warn_not_ready() {
    for (const EndpointSubset& subset : state_.endpoints->subsets) {
      for (const EndpointAddress& address : subset.not_ready_addresses) {
        warn(WarningCode::address_not_ready, address);
      }
    }
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

bool Registration::same_as(const Registration& other) const {
  if (error != other.error || !metadata != !other.metadata) return false;
  return metadata == other.metadata || *metadata == *other.metadata;
}

std::size_t ready_addresses(const Endpoints& endpoints) { return candidates(endpoints).size(); }

Discovery discover(const ServiceState& state, const Registrations& listed) {
  return Join(state, listed).run();
}

}  // namespace podreg::core
