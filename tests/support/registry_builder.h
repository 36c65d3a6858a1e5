// Builds the objects of a small registry: a healthy application, which a test then spoils.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "core/registry_objects.h"

namespace podreg::tests {

inline constexpr std::int64_t kNow = 1'795'490'600'000;         // milliseconds since the epoch
inline constexpr std::int64_t kRegistered = 1'795'490'486'854;  // what is_registered() says
inline constexpr std::int64_t kStarted = kRegistered - 9'000;

inline std::string registration_text(const std::string& revision = "rev-a",
                                     const std::string& more = "") {
  return R"({"dubbo.metadata-service.url-params":"{\"version\":\"1.0.0\",\"dubbo\":\"2.0.2\",)"
         R"(\"release\":\"3.2.6\",\"port\":\"20880\",\"protocol\":\"dubbo\"}",)"
         R"("dubbo.endpoints":"[{\"port\":20880,\"protocol\":\"dubbo\"}]",)"
         R"("dubbo.metadata.revision":")" +
         revision + R"(","timestamp":")" + std::to_string(kRegistered) + "\"" + more + "}";
}

inline core::PodObject ready_pod(const std::string& name, const std::string& ip,
                                 const std::string& app = "shop") {
  core::PodObject pod;
  pod.ns = "demo";
  pod.name = name;
  pod.labels = std::make_shared<const core::Labels>(core::Labels{{"app", app}});
  pod.annotation = registration_text();
  pod.phase = "Running";
  pod.node = "node-a";
  pod.addresses = {ip};
  pod.is_ready = true;
  core::Container container;
  container.name = "app";
  container.ports = {20880};
  container.ready = true;
  container.state = "running";
  container.started = kStarted;
  pod.containers = {container};
  return pod;
}

class RegistryBuilder {
 public:
  // Service "shop" with so many ready, registered pods: shop-0 at 10.0.0.10, and so on.
  explicit RegistryBuilder(int pods = 2) {
    core::Service service{"demo", "shop", "ClusterIP", {{"app", "shop"}}, {}};
    service.ports = {{"dubbo", "TCP", 20880, "20880"}};
    objects.services = {service};
    core::Endpoints endpoints{"demo", "shop", {{}}};
    core::EndpointSlice slice{"demo", "shop-x", "shop", "IPv4", {}, {}};
    for (int i = 0; i < pods; ++i) {
      const auto name = "shop-" + std::to_string(i);
      const auto ip = "10.0.0.1" + std::to_string(i);
      objects.pods.push_back(ready_pod(name, ip));
      endpoints.subsets[0].addresses.push_back({ip, name, "node-a"});
      slice.endpoints.push_back({{ip, name, "node-a"}, true});
    }
    endpoints.subsets[0].ports = {{"dubbo", "TCP", 20880}};
    slice.ports = endpoints.subsets[0].ports;
    objects.endpoints = {endpoints};
    objects.slices = {slice};
  }

  core::Service& service() { return objects.services[0]; }
  core::EndpointSubset& subset() { return objects.endpoints[0].subsets[0]; }
  core::PodObject& pod(std::size_t i) { return objects.pods[i]; }

  // As Kubernetes would do it.
  void make_unready(std::size_t i) {
    objects.pods[i].is_ready = false;
    objects.pods[i].containers[0].ready = false;
    auto& ready = subset().addresses;
    const auto it = std::ranges::find(ready, objects.pods[i].name,
                                      [](const auto& address) { return *address.pod; });
    subset().not_ready_addresses.push_back(*it);
    ready.erase(it);
    objects.slices[0].endpoints[i].ready = false;
  }

  void relabel(std::size_t i, core::Labels labels) {
    objects.pods[i].labels = std::make_shared<const core::Labels>(std::move(labels));
  }

  core::RegistryObjects objects;
};

}  // namespace podreg::tests
