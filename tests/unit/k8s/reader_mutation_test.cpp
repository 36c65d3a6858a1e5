// Damaged text never does more than throw an Error: run under AddressSanitizer in the `dev` preset.
// The damage is random but the same in every run.
#include <gtest/gtest.h>

#include <random>

#include "core/error.h"
#include "tests/support/read_objects.h"

namespace podreg {
namespace {

using tests::Format;

constexpr std::string_view kJson = R"({"apiVersion": "v1", "items": [
 {"apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": "shop", "namespace": "prod",
  "annotations": {"endpoints.kubernetes.io/over-capacity": "truncated"}}, "subsets": [{"addresses":
  [{"ip": "10.0.0.1", "nodeName": "n", "targetRef": {"name": "a"}}], "notReadyAddresses": null,
  "ports": [{"name": "dubbo", "port": 20880, "protocol": "TCP"}]}]},
 {"spec": {"ports": [{"port": 80, "targetPort": "x"}], "selector": {"a": "b"}, "type": "ClusterIP"},
  "metadata": {"name": "shop"}, "kind": "Service", "apiVersion": "v1"},
 {"addressType": "IPv4", "endpoints": [{"addresses": ["10.0.0.1"], "conditions": {"ready": true},
  "targetRef": {"name": "a"}}], "kind": "EndpointSlice", "metadata": {"labels":
  {"kubernetes.io/service-name": "shop"}, "name": "s"}, "ports": [{"port": 1}]},
 {"kind": "PodList", "items": [{"metadata": {"name": "é\ud83d\ude00", "annotations":
  {"io.dubbo/metadata": "{\"a\":\u0000}"}, "labels": {"x": "1.5e3"}}, "spec": [[-1.5e-3, false]]}]}
], "kind": "List", "metadata": {"resourceVersion": "", "continue": "c"}} {"kind": "Pod",
 "metadata": {"name": "b"}})";

constexpr std::string_view kYaml = R"(apiVersion: v1
items:
- apiVersion: v1
  kind: Endpoints
  metadata: {name: shop, namespace: &ns prod}
  subsets:
  - addresses:
    - {ip: 10.0.0.1, targetRef: {name: "a"}}
    ports: [{port: 20880, name: dubbo}]
- metadata:
    name: shop
    namespace: *ns
  spec:
    ports:
    - port: 80
      targetPort: "8080"
    selector: {a: b}
  kind: Service
- kind: Pod
  metadata:
    annotations:
      io.dubbo/metadata: >-
        {"a":
         1}
    name: 'it''s'
  spec: [? {x: y} : z, !!str 1, &a [b], *a]
kind: List
---
---
kind: EndpointSlice
metadata: {name: s, labels: {"kubernetes.io/service-name": shop}}
endpoints: [{addresses: [10.0.0.1], conditions: {ready: no}}]
ports:
)";

class Mutation {
 public:
  explicit Mutation(unsigned seed) : random_(seed) {}

  std::string damage(std::string text) {
    for (auto times = below(3) + 1; times > 0 && !text.empty(); --times) damage_once(text);
    return text;
  }
  std::size_t below(std::size_t limit) { return random_() % limit; }

 private:
  void damage_once(std::string& text) {
    static constexpr std::string_view kTokens[] = {
        "{",           "}",     "[",  "]",     ":",    ",",    "\"",
        "\\",          "null",  "-",  "1e999", "\xff", "\xc3", "\n",
        " ",           "&a ",   "*a", "<<: ",  "|",    "? ",   "\"kind\":\"Pod\"",
        "\"items\":[", "---\n", "\t", "'",     "#"};
    const auto at = below(text.size());
    const auto size = below(24);
    switch (below(6)) {
      case 0:
        text[at] = static_cast<char>(below(256));
        break;
      case 1:
        text.erase(at, size);
        break;
      case 2:
        text.insert(at, text.substr(below(text.size()), size));
        break;
      case 3:
        text.resize(at);
        break;
      case 4:
        text.insert(at, kTokens[below(std::size(kTokens))]);
        break;
      default:
        text.replace(at, 1, kTokens[below(std::size(kTokens))]);
        break;
    }
  }

  std::mt19937 random_;
};

// How many of the damaged texts could be read nevertheless.
int survivors(Format format, std::string_view text, int times) {
  Mutation mutation(20880);
  int count = 0;
  for (int i = 0; i < times; ++i) {
    const auto damaged = mutation.damage(std::string(text));
    try {
      tests::read_objects(format, damaged, mutation.below(64) + 1);
      ++count;
    } catch (const core::Error& error) {
      EXPECT_EQ(error.kind(), core::ErrorKind::invalid_data);
      EXPECT_TRUE(std::string_view(error.what()).starts_with("file: ")) << error.what();
    }
  }
  return count;
}

TEST(ReaderMutation, DamagedJsonIsReadOrRefused) {
  ASSERT_EQ(tests::read_objects(Format::json, kJson).lines.size(), 5U);
  const int count = survivors(Format::json, kJson, 5000);
  EXPECT_GT(count, 100);
  EXPECT_LT(count, 4900);
}

TEST(ReaderMutation, DamagedYamlIsReadOrRefused) {
  ASSERT_EQ(tests::read_objects(Format::yaml, kYaml).lines.size(), 4U);
  const int count = survivors(Format::yaml, kYaml, 1000);
  EXPECT_GT(count, 50);
  EXPECT_LT(count, 950);
}

}  // namespace
}  // namespace podreg
