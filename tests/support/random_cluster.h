// Clusters made up by chance, as text that kubectl could have printed: with whatever may be wrong
// in them, and with fields that podreg does not look at.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/metadata_info.h"
namespace podreg::tests {

inline std::string json_text(const std::string& text) {
  core::JsonBuffer buffer;
  core::JsonWriter<> writer(buffer);
  writer.String(text.c_str());
  return buffer.GetString();
}

class RandomCluster {
 public:
  explicit RandomCluster(unsigned seed) : random_(seed) {
    for (const auto* ns : {"alpha", "beta"}) add_namespace(ns);
  }

  // A List, its items in any order of kinds.
  std::string list() {
    std::shuffle(items_.begin(), items_.end(), random_);
    std::string text = R"({"apiVersion": "v1", "kind": "List", "items": [)";
    for (std::size_t i = 0; i < items_.size(); ++i) text += (i == 0 ? "\n" : ",\n") + items_[i];
    return text + "]}";
  }

  // What its providers export, as `podreg metadata -o json` prints it.
  std::string metadata_list() const {
    std::string items;
    for (const auto& info : infos_) items += (items.empty() ? "" : ", ") + info.to_json();
    return R"({"apiVersion": "podreg/v1", "kind": "MetadataList", "items": [)" + items + "]}";
  }

  static std::vector<std::string> services() { return {"cart", "order", "stock"}; }
  const std::vector<core::MetadataInfo>& infos() const { return infos_; }

 private:
  bool chance(int percent) { return below(100) < percent; }
  int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random_); }
  template <typename Value>
  Value one_of(const std::vector<Value>& values) {
    return values[static_cast<std::size_t>(below(static_cast<int>(values.size())))];
  }

  void add_namespace(const std::string& ns) {
    for (const auto& service : services()) {
      const auto info = info_of(service);
      infos_.push_back(info);
      std::vector<std::string> addresses;
      const int pods = below(4);
      for (int i = 0; i < pods; ++i) {
        const auto name = fmt::format("{}-{}", service, i);
        const auto ip = fmt::format("10.{}.{}.{}", below(3), below(200), next_address_++);
        add_pod(ns, name, service, ip, info.revision);
        if (chance(85)) addresses.push_back(address(name, ip));
      }
      if (chance(10)) addresses.push_back(fmt::format(R"({{"ip": "10.9.9.{}"}})", next_address_++));
      if (chance(10)) addresses.push_back(address("gone", "10.9.8.7"));
      if (chance(90)) add_service(ns, service);
      if (chance(90)) add_endpoints(ns, service, addresses);
      if (chance(80)) add_slice(ns, service, addresses);
    }
    add_pod(ns, "alone", "nobody", "10.8.8.8", "");
  }

  core::MetadataInfo info_of(const std::string& service) {
    core::MetadataInfo info;
    info.app = service;
    const int count = 1 + below(2);
    for (int i = 0; i < count; ++i) {
      core::ServiceInfo one;
      one.name = fmt::format("com.example.{}.Api{}", service, below(3));
      one.protocol = one_of<std::string>({"dubbo", "tri"});
      one.version = one_of<std::string>({"", "1.0.0"});
      one.group = one_of<std::string>({"", "blue"});
      one.port = one_of<int>({-1, 20880});
      one.path = one.name;
      one.params = {{"side", "provider"},
                    {"interface", one.name},
                    {"methods", "pay,send"},
                    {"owner", "team-x"},
                    {"timeout", std::to_string(below(2000))}};
      info.services.emplace(one.match_key(), one);
    }
    info.revision = chance(90) ? info.compute_revision() : std::string(32, 'f');
    return info;
  }

  std::string annotation(const std::string& revision) {
    if (chance(6)) return one_of<std::string>({"", "{", "[]", "{}"});
    const auto ports = one_of<std::string>({"dubbo", "tri"});
    return fmt::format(
        R"({{"dubbo.metadata-service.url-params":"{{\"port\":\"20880\",\"protocol\":\"dubbo\",)"
        R"(\"side\":\"provider\"}}","dubbo.endpoints":"[{{\"port\":20880,\"protocol\":\"{}\"}}]",)"
        R"("dubbo.metadata.revision":"{}","timestamp":"1795490486854","zone":"z{}","n": 5}})",
        ports, revision, below(3));
  }

  void add_pod(const std::string& ns, const std::string& name, const std::string& app,
               const std::string& ip, const std::string& revision) {
    std::string annotations = R"("kubectl.kubernetes.io/x": "secret")";
    if (chance(85)) annotations += ", \"io.dubbo/metadata\": " + json_text(annotation(revision));
    if (chance(10)) annotations += R"(, "dubbo.io/annotation": "c2VjcmV0")";
    items_.push_back(fmt::format(
        R"({{"apiVersion": "v1", "kind": "Pod", "metadata": {{"name": "{0}", "namespace": "{1}",
 "labels": {{"app": "{2}", "side-car": "v{3}"}}, "annotations": {{{4}}},{5}
 "resourceVersion": "{6}", "managedFields": [{{"manager": "secret"}}]}},
 "spec": {{"nodeName": "node-{3}", "serviceAccountName": "sa-{2}", "volumes": [{{"name": "secret"}}],
 "containers": [{{"name": "main", "args": ["secret"], "ports": [{{"containerPort": 20880}}],
 "env": [{{"name": "PASSWORD", "value": "secret"}}{7}]{8}}}]}},
 "status": {{"phase": "Running", "podIP": "{9}", "podIPs": [{{"ip": "{9}"}}],
 "conditions": [{{"type": "Ready", "status": "{10}", "lastTransitionTime": "2026-11-25T01:09:09Z"}}],
 "containerStatuses": [{{"name": "main", "image": "secret", "ready": true, "restartCount": {3},
 "state": {{"running": {{"startedAt": "2026-11-25T01:09:09Z"}}}}}}]}}}})",
        name, ns, app, below(3), annotations,
        chance(10) ? R"( "deletionTimestamp": "2026-11-25T01:09:09Z",)" : "", below(1000),
        chance(10) ? R"(, {"name": "HOSTNAME", "value": "other"})" : "",
        chance(50) ? R"(, "readinessProbe": {"exec": {"command": ["secret"]}})" : "", ip,
        chance(80) ? "True" : "False"));
  }

  static std::string address(const std::string& pod, const std::string& ip) {
    return fmt::format(
        R"({{"ip": "{}", "nodeName": "node-1", "targetRef": {{"kind": "Pod", "name": "{}",
 "uid": "secret"}}}})",
        ip, pod);
  }

  void add_service(const std::string& ns, const std::string& name) {
    const auto selector = chance(10) ? std::string() : fmt::format(R"("app": "{}")", name);
    items_.push_back(fmt::format(
        R"({{"apiVersion": "v1", "kind": "Service", "metadata": {{"name": "{0}", "namespace": "{1}",
 "annotations": {{"x": "secret"}}}}, "spec": {{"type": "ClusterIP", "clusterIP": "10.96.0.1",
 "selector": {{{2}}}, "ipFamilies": ["IPv4"],{3}
 "ports": [{{"name": "main", "port": 20880, "targetPort": {4}}}]}}}})",
        name, ns, selector, chance(10) ? R"( "publishNotReadyAddresses": true,)" : "",
        one_of<std::string>({"20880", "\"main\""})));
  }

  void add_endpoints(const std::string& ns, const std::string& name,
                     const std::vector<std::string>& addresses) {
    std::vector<std::string> ready;
    std::vector<std::string> not_ready;
    for (const auto& one : addresses) (chance(80) ? ready : not_ready).push_back(one);
    items_.push_back(fmt::format(
        R"({{"apiVersion": "v1", "kind": "Endpoints", "metadata": {{"name": "{}", "namespace": "{}"
 {}}}, "subsets": [{{"addresses": [{}], "notReadyAddresses": [{}],
 "ports": [{{"name": "main", "port": 20880, "protocol": "TCP"}}{}]}}]}})",
        name, ns,
        chance(10) ? R"(, "annotations": {"endpoints.kubernetes.io/over-capacity": "truncated"})"
                   : "",
        fmt::join(ready, ", "), fmt::join(not_ready, ", "),
        chance(20) ? R"(, {"name": "qos", "port": 22222})" : ""));
  }

  void add_slice(const std::string& ns, const std::string& name,
                 const std::vector<std::string>& addresses) {
    std::string endpoints;
    for (const auto& one : addresses) {
      const auto ip = one.substr(8, one.find('"', 8) - 8);
      endpoints += fmt::format(R"({}{{"addresses": ["{}"], "conditions": {{"ready": {}}}{}}})",
                               endpoints.empty() ? "" : ", ", ip, chance(80) ? "true" : "null",
                               one.find("targetRef") == std::string::npos
                                   ? ""
                                   : ", " + one.substr(one.find("\"nodeName\""),
                                                       one.size() - one.find("\"nodeName\"") - 1));
    }
    items_.push_back(fmt::format(
        R"({{"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
 "metadata": {{"name": "{0}-x", "namespace": "{1}", "labels": {{"x": "secret",
 "kubernetes.io/service-name": "{0}"}}}}, "endpoints": [{2}],
 "ports": [{{"name": "main", "port": 20880, "protocol": "TCP"}}]}})",
        name, ns, endpoints));
  }

  std::mt19937 random_;
  int next_address_ = 1;
  std::vector<std::string> items_;
  std::vector<core::MetadataInfo> infos_;
};

}  // namespace podreg::tests
