// A RegistryWatch whose objects a test sets, and a Service as it shows it.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/registry_watch.h"
#include "tests/support/fake_clock.h"

namespace podreg::tests {

// A pod of a Service, and what consumers see of it.
struct ShownPod {
  std::string name;
  std::string ip;
  std::string annotation = R"({"dubbo.metadata.revision":"r1"})";
  bool ready = true;
  bool has_address = true;
  bool terminating = false;
};

// Service, Endpoints on port 20880, and pods.
struct ShownService {
  core::ServiceState state;
  std::unique_ptr<core::WatchedPods> pods = std::make_unique<core::WatchedPods>();

  core::WatchedService watched() const { return {state, pods.get()}; }
};

inline ShownService shown_service(const std::vector<ShownPod>& pods,
                                  const std::string& name = "shop") {
  ShownService shown;
  shown.state.ns = "demo";
  shown.state.name = name;
  shown.state.service = core::Service{"demo", name, "ClusterIP", {{"app", name}}, {}};
  core::EndpointSubset subset;
  subset.ports = {{"dubbo", "TCP", 20880}};
  for (const ShownPod& pod : pods) {
    shown.pods->listed.emplace(pod.name, core::Registration::read(pod.annotation));
    if (pod.terminating) shown.pods->terminating.insert(pod.name);
    if (!pod.has_address) continue;
    auto& addresses = pod.ready ? subset.addresses : subset.not_ready_addresses;
    addresses.push_back({pod.ip, pod.name, "node-a"});
  }
  shown.state.endpoints = core::Endpoints{"demo", name, {subset}, false};
  return shown;
}

// Every wait() plays the next step, which may change things and let time go by; none: the limit
// passes.
class FakeRegistryWatch : public core::RegistryWatch {
 public:
  explicit FakeRegistryWatch(FakeClock& clock) : clock_(clock) {}

  bool wait(std::chrono::milliseconds limit) override {
    if (steps.empty()) {
      clock_.now += limit.count();
      return false;
    }
    const auto step = std::move(steps.front());
    steps.pop_front();
    return step();
  }
  bool consistent() const override { return is_consistent; }
  std::string failure() override { return {}; }
  std::vector<core::WatchedService> services() const override {
    std::vector<core::WatchedService> result;
    for (const ShownService& one : shown) result.push_back(one.watched());
    return result;
  }

  std::vector<ShownService> shown;
  bool is_consistent = true;
  std::deque<std::function<bool()>> steps;

 private:
  FakeClock& clock_;
};

}  // namespace podreg::tests
