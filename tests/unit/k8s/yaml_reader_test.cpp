#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/support/read_objects.h"

namespace podreg {
namespace {

using testing::ElementsAre;
using tests::Format;
using tests::read_objects;

std::vector<std::string> yaml(std::string_view text) {
  auto lines = read_objects(Format::yaml, text).lines;
  EXPECT_EQ(read_objects(Format::yaml, text, 1).lines, lines);
  return lines;
}

TEST(YamlReader, ReadsWhatKubectlPrints) {
  EXPECT_THAT(yaml(R"(apiVersion: v1
items:
- apiVersion: v1
  kind: Endpoints
  metadata:
    name: shop
    namespace: prod
  subsets:
  - addresses:
    - ip: 10.0.0.1
      nodeName: n1
      targetRef:
        kind: Pod
        name: a
    ports:
    - name: dubbo
      port: 20880
      protocol: TCP
- apiVersion: v1
  kind: Pod
  metadata:
    annotations:
      io.dubbo/metadata: '{"dubbo.metadata.revision":"it''s"}'
    labels:
      app: shop
    name: a
    namespace: prod
  spec:
    containers:
    - args: [a, 1, {b: c}]
- addressType: IPv4
  apiVersion: discovery.k8s.io/v1
  endpoints:
  - addresses:
    - 10.0.0.1
    conditions:
      ready: false
  kind: EndpointSlice
  metadata:
    labels:
      kubernetes.io/service-name: shop
    name: shop-x
    namespace: prod
kind: List
metadata:
  resourceVersion: ""
)"),
              ElementsAre("Endpoints prod/shop [ 10.0.0.1(a)@n1 :20880/TCP/dubbo ]",
                          "Pod prod/a {app=shop} {\"dubbo.metadata.revision\":\"it's\"}",
                          "EndpointSlice prod/shop-x of shop IPv4 not-ready:10.0.0.1"));
}

TEST(YamlReader, TextStaysTextHoweverItLooks) {
  EXPECT_THAT(yaml(R"(kind: Pod
metadata:
  name: yes
  namespace: 0123
  labels: {a: 1e3, b: "8080", c: 0x1F, d: 1_000, e: 12:30:45, f: 2001-01-01, g: .5, h: 'no'}
)"),
              ElementsAre("Pod 0123/yes {a=1e3,b=8080,c=0x1F,d=1_000,e=12:30:45,f=2001-01-01,g=.5,"
                          "h=no}"));
}

TEST(YamlReader, BlocksKeepTheirLines) {
  EXPECT_THAT(yaml(R"(kind: Pod
metadata:
  name: a
  annotations:
    io.dubbo/metadata: |-
      {
        "a": 1
      }
)"),
              ElementsAre("Pod /a {} {\n  \"a\": 1\n}"));
}

TEST(YamlReader, PortsAreNumbersAndTargetPortsMayBeEither) {
  EXPECT_THAT(yaml(R"(kind: Service
metadata: {name: a}
spec: {ports: [{port: 80, targetPort: 8080}, {port: 81, targetPort: "8081"}, {port: 82, targetPort: http}]}
)"),
              ElementsAre("Service /a  {} :80>8080/TCP :81>8081/TCP :82>http/TCP"));
}

TEST(YamlReader, NullIsAbsent) {
  EXPECT_THAT(
      yaml("kind: Pod\nmetadata:\n  name: a\n  labels:\n  annotations: ~\n  namespace: null\n"),
      ElementsAre("Pod /a {}"));
}

TEST(YamlReader, ThereMayBeManyDocumentsAndEmptyOnes) {
  EXPECT_THAT(yaml("---\n# a comment\n---\nkind: Pod\nmetadata: {name: a}\n---\n---\n"
                   "{\"kind\": \"Pod\", \"metadata\": {\"name\": \"b\"}}\n...\n"),
              ElementsAre("Pod /a {}", "Pod /b {}"));
}

TEST(YamlReader, AFlowObjectMayBeLongerThanASimpleKey) {
  std::string text = "---\n{\"kind\": \"List\", \"items\": [";
  for (int i = 0; i < 100; ++i) {
    text += std::string(i == 0 ? "" : ",") + R"({"kind": "Pod", "metadata": {"name": "p)" +
            std::to_string(i) + "\"}}";
  }
  EXPECT_EQ(yaml(text + "]}\n").size(), 100U);
}

TEST(YamlReader, AnAliasOfAShortTextIsThatText) {
  EXPECT_THAT(yaml(R"(kind: Pod
metadata: {name: &name a, labels: {*name : *name, port: &port 80}}
---
kind: Pod
metadata: {name: b}
spec: {x: &big [1, 2], y: *big}
)"),
              ElementsAre("Pod /a {a=a,port=80}", "Pod /b {}"));
}

TEST(YamlReader, AliasesThatMultiplyCostNothingWhereTheyAreSkipped) {
  std::string text = "kind: Pod\nmetadata: {name: a}\nspec:\n  a0: &a0 [x]\n";
  for (int i = 1; i < 40; ++i) {
    text += fmt::format("  a{0}: &a{0} [*a{1}, *a{1}]\n", i, i - 1);
  }
  EXPECT_THAT(yaml(text), ElementsAre("Pod /a {}"));
}

}  // namespace
}  // namespace podreg
