// Snapshots made of a few objects, and what a SnapshotCluster says of them.
#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "k8s/snapshot_cluster.h"
#include "tests/support/read_objects.h"
#include "tests/unit/k8s/caught.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg::k8s {

// Objects of a namespace, as JSON.
inline std::string service(const std::string& ns, const std::string& name,
                           const std::string& app = "shop") {
  return R"({"apiVersion": "v1", "kind": "Service", "metadata": {"name": ")" + name +
         R"(", "namespace": ")" + ns + R"("}, "spec": {"selector": {"app": ")" + app + R"("}}})";
}
inline std::string endpoints(const std::string& ns, const std::string& name, const std::string& pod,
                             const std::string& annotations = "{}") {
  return R"({"apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": ")" + name +
         R"(", "namespace": ")" + ns + R"(", "annotations": )" + annotations +
         R"(}, "subsets": [{"addresses": [{"ip": "10.0.0.1", "targetRef": {"name": ")" + pod +
         R"("}}]}]})";
}
inline std::string slice(const std::string& ns, const std::string& name, const std::string& of,
                         const std::string& pod, const std::string& ip = "10.0.0.1") {
  return R"({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
             "metadata": {"name": ")" +
         name + R"(", "namespace": ")" + ns + R"(", "labels": {"kubernetes.io/service-name": ")" +
         of + R"("}}, "endpoints": [{"addresses": [")" + ip + R"("], "targetRef": {"name": ")" +
         pod + R"("}}]})";
}
inline std::string pod(const std::string& ns, const std::string& name,
                       const std::string& annotation = "{}", const std::string& app = "shop") {
  return R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": ")" + name +
         R"(", "namespace": ")" + ns + R"(", "labels": {"app": ")" + app +
         R"("}, "annotations": {"io.dubbo/metadata": ")" + annotation + R"("}}})";
}
inline std::string list(const std::vector<std::string>& items) {
  std::string text = R"({"apiVersion": "v1", "items": [)";
  for (std::size_t i = 0; i < items.size(); ++i) text += (i == 0 ? "" : ",\n") + items[i];
  return text + R"(], "kind": "List"})";
}

class SnapshotClusterTest : public testing::Test {
 protected:
  SnapshotCluster cluster(const std::vector<std::string>& objects, SnapshotInterest interest = {}) {
    return SnapshotCluster({folder_.write("snapshot.json", list(objects))}, std::move(interest));
  }
  tests::Caught error(const std::vector<std::string>& paths) {
    return tests::caught([&] { SnapshotCluster cluster(paths); });
  }

  tests::TemporaryFolder folder_;
};

inline std::vector<std::string> states(SnapshotCluster& cluster,
                                       const core::ServiceQuery& query = {}) {
  std::vector<std::string> lines;
  for (const auto& state : cluster.services(query)) {
    auto line = state.ns + "/" + state.name;
    if (state.service) line += " {" + core::to_string(state.service->selector) + "}";
    if (state.endpoints) line += " " + tests::line(*state.endpoints);
    lines.push_back(line);
  }
  return lines;
}

inline std::vector<std::string> pods(SnapshotCluster& cluster, core::PodQuery query = {}) {
  std::vector<std::string> lines;
  query.with_labels = true;
  cluster.pods(query, [&](const core::PodView& view) { lines.push_back(tests::line(view)); });
  std::ranges::sort(lines);
  return lines;
}

}  // namespace podreg::k8s
