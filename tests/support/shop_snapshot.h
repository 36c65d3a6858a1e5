// A snapshot of one Service, demo/shop, whose pods all registered the same revision.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

namespace podreg::tests {

struct ShopPod {
  std::string name;
  std::string host;
  int port = 20880;  // of its MetadataService
};

// YAML; `protocol` is that of the MetadataService.
inline std::string shop_snapshot(const std::vector<ShopPod>& pods, const std::string& revision,
                                 const std::string& protocol = "dubbo") {
  std::string addresses;
  std::string objects;
  for (const auto& pod : pods) {
    addresses +=
        fmt::format("\n      - {{ip: {}, targetRef: {{kind: Pod, name: {}}}}}", pod.host, pod.name);
    const auto metadata =
        fmt::format(R"({{"dubbo.metadata.revision":"{}","dubbo.metadata-service.url-params":)"
                    R"("{{\"port\":\"{}\",\"protocol\":\"{}\"}}"}})",
                    revision, pod.port, protocol);
    objects += fmt::format(R"(---
apiVersion: v1
kind: Pod
metadata:
  {{name: {}, namespace: demo, labels: {{app: shop}}, annotations: {{io.dubbo/metadata: '{}'}}}}
)",
                           pod.name, metadata);
  }
  return fmt::format(R"(apiVersion: v1
kind: Service
metadata: {{name: shop, namespace: demo}}
spec: {{selector: {{app: shop}}}}
---
apiVersion: v1
kind: Endpoints
metadata: {{name: shop, namespace: demo}}
subsets:
  - ports: [{{port: 20880}}]
    addresses:{}
{})",
                     addresses, objects);
}

}  // namespace podreg::tests
