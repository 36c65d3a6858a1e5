#include "doctor/service_case.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/error.h"

namespace podreg::doctor {
namespace {

// What Dubbo exports dubbo and tri on when nobody says otherwise.
constexpr std::array kUsualPorts = {20880, 50051};

bool is_dubbo_name(std::string_view port_name) {
  return port_name == "dubbo" || port_name == "tri" || port_name.starts_with("dubbo-") ||
         port_name.starts_with("tri-") || port_name.starts_with("triple");
}

bool is_dubbo_port(const core::ServicePort& port) {
  return is_dubbo_name(port.name) || std::ranges::find(kUsualPorts, port.port) != kUsualPorts.end();
}

// Readiness of the pods that the Endpoints name.
std::map<std::string_view, Listed> listed_pods(const core::Endpoints* endpoints) {
  std::map<std::string_view, Listed> listed;
  if (endpoints == nullptr) return listed;
  for (const auto& subset : endpoints->subsets) {
    for (const auto& address : subset.not_ready_addresses) {
      if (address.pod) listed.try_emplace(*address.pod, Listed::as_not_ready);
    }
    for (const auto& address : subset.addresses) {
      if (address.pod) listed[*address.pod] = Listed::as_ready;
    }
  }
  return listed;
}

core::ServiceState state_of(const ServiceCase& one) {
  core::ServiceState state;
  state.ns = one.ns;
  state.name = one.name;
  if (one.service != nullptr) state.service = *one.service;
  if (one.endpoints != nullptr) state.endpoints = *one.endpoints;
  return state;
}

core::Registrations registrations_of(const ServiceCase& one) {
  core::Registrations all;
  for (const auto& pod : one.pods) all.emplace(pod.pod->name, pod.registration);
  return all;
}

// The texts of a Deployment's pods are mostly the same: what was read of one serves the next.
class RegistrationReader {
 public:
  void read(CasePod& pod) {
    const core::Metadata& metadata = *pod.instance->metadata;
    const auto endpoints = metadata.find(core::kEndpointsKey).value_or("");
    if (endpoints != endpoints_text_) {
      endpoints_ = metadata.endpoints();
      endpoints_text_ = endpoints;
    }
    pod.exported = endpoints_;
    read_metadata_service(pod);
  }

 private:
  void read_metadata_service(CasePod& pod) {
    const core::Metadata& metadata = *pod.instance->metadata;
    const auto params = metadata.find(core::kMetadataServiceParamsKey).value_or("");
    const auto version = metadata.find(core::kMetadataVersionKey).value_or("");
    const bool is_same = address_ && params == params_ && version == version_ && !params.empty() &&
                         !metadata.find(core::kMetadataServiceUrlsKey);
    if (is_same) {
      pod.metadata_service = address_;
      pod.metadata_service->host = pod.instance->host;
      return;
    }
    try {
      address_ = core::metadata_service_of(*pod.instance, std::nullopt);
      pod.metadata_service = address_;
      params_ = params;
      version_ = version;
    } catch (const core::Error& error) {
      address_.reset();
      pod.metadata_service_fault = error.what();
    }
  }

  std::string endpoints_text_;
  std::vector<core::ExportedEndpoint> endpoints_;
  std::string params_;
  std::string version_;
  std::optional<core::MetadataServiceAddress> address_;
};

// Finds the first instance of each pod, and reads what that registered.
void read_instances(ServiceCase& of) {
  RegistrationReader reader;
  for (const auto& instance : of.discovery.instances) {
    const auto found = std::ranges::lower_bound(
        of.pods, instance.pod, {},
        [](const CasePod& one) -> const std::string& { return one.pod->name; });
    if (found->instance != nullptr) continue;
    found->instance = &instance;
    reader.read(*found);
  }
}

}  // namespace

bool has_finished(const core::PodObject& pod) {
  return pod.phase == "Succeeded" || pod.phase == "Failed";
}

bool is_dubbos(const core::PodObject& pod) {
  return pod.annotation.has_value() || !pod.foreign_annotations.empty();
}

bool ServiceCase::concerns_dubbo() const {
  if (is_named) return true;
  if (std::ranges::any_of(pods, [](const CasePod& one) { return is_dubbos(*one.pod); })) {
    return true;
  }
  return service != nullptr && std::ranges::any_of(service->ports, is_dubbo_port);
}

ServiceCases::ServiceCases(const core::RegistryObjects& objects) : pods_(objects) {
  for (const auto& service : objects.services) {
    services_.emplace(Key{service.ns, service.name}, &service);
    names_.emplace(service.ns, service.name);
  }
  for (const auto& endpoints : objects.endpoints) {
    endpoints_.emplace(Key{endpoints.ns, endpoints.name}, &endpoints);
    names_.emplace(endpoints.ns, endpoints.name);
  }
  for (const auto& slice : objects.slices) {
    slices_[Key{slice.ns, slice.service}].push_back(&slice);
  }
}

ServiceCase ServiceCases::make(const std::string& ns, const std::string& name,
                               bool is_named) const {
  ServiceCase result;
  result.ns = ns;
  result.name = name;
  result.is_named = is_named;
  result.all_pods = &pods_;
  const Key key{ns, name};
  if (const auto found = services_.find(key); found != services_.end())
    result.service = found->second;
  if (const auto found = endpoints_.find(key); found != endpoints_.end())
    result.endpoints = found->second;
  if (const auto found = slices_.find(key); found != slices_.end()) result.slices = found->second;
  if (result.service != nullptr) {
    const auto listed = listed_pods(result.endpoints);
    for (const auto* pod : pods_.select(ns, result.service->selector)) {
      const auto found = listed.find(pod->name);
      const auto where = found == listed.end() ? Listed::not_at_all : found->second;
      const bool is_candidate = !result.service->selector.empty() && !has_finished(*pod);
      if (where == Listed::not_at_all && !is_candidate) continue;
      CasePod one;
      one.pod = pod;
      one.listed = where;
      one.registration = core::Registration::read(pod->annotation);
      result.pods.push_back(std::move(one));
    }
  }
  result.discovery = core::discover(state_of(result), registrations_of(result));
  read_instances(result);
  return result;
}

}  // namespace podreg::doctor
