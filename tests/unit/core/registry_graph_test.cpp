#include "core/registry_graph.h"

#include <gmock/gmock.h>

namespace podreg::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Instance instance(const std::string& service, const std::string& pod, const std::string& revision) {
  Instance one;
  one.service_name = service;
  one.ns = "demo";
  one.host = "10.0.0.1";
  one.port = 20880;
  one.pod = pod;
  one.metadata = std::make_shared<Metadata>(
      Metadata::parse(R"({"dubbo.metadata.revision":")" + revision + R"("})"));
  return one;
}

RevisionMetadata revision(const std::string& service, const std::string& revision,
                          const std::vector<std::string>& interfaces) {
  RevisionMetadata one;
  one.group = {service, "demo", revision, {}};
  one.info.emplace();
  for (const auto& interface : interfaces) {
    ServiceInfo info;
    info.name = interface;
    info.protocol = "dubbo";
    one.info->services[info.match_key()] = info;
  }
  return one;
}

// "interface -> application [revision]"
std::vector<std::string> in_words(const RegistryGraph& graph) {
  std::vector<std::string> lines;
  for (const auto& edge : graph.edges) {
    std::string line = graph.nodes[edge.from].name + " -> " + graph.nodes[edge.to].name;
    for (const auto& one : edge.protocols) line += " " + one;
    for (const auto& one : edge.revisions) line += " [" + one + "]";
    lines.push_back(line);
  }
  return lines;
}

RegistryGraph shop() {
  return graph_of(
      {instance("order", "order-0", "r1"), instance("order", "order-1", "r2"),
       instance("web", "web-0", "r3")},
      {revision("order", "r1", {"com.Order"}), revision("order", "r2", {"com.Order", "com.Stock"}),
       revision("web", "r3", {"com.Web"})});
}

TEST(RegistryGraph, GoesFromInterfacesOverApplicationsToInstances) {
  EXPECT_THAT(in_words(shop()),
              ElementsAre("com.Order -> order dubbo", "com.Stock -> order dubbo [r2]",
                          "com.Web -> web dubbo", "order -> order-0 [r1]", "order -> order-1 [r2]",
                          "web -> web-0 [r3]"));
}

TEST(RegistryGraph, AnInstanceHasAllItsAddresses) {
  auto second = instance("order", "order-0", "r1");
  second.port = 50051;
  const auto graph = graph_of({instance("order", "order-0", "r1"), second}, {});
  EXPECT_THAT(graph.nodes.back().details, ElementsAre("10.0.0.1:20880", "10.0.0.1:50051"));
}

TEST(RegistryGraph, AnApplicationOfWhichNobodyTellsItsInterfacesHasNone) {
  RevisionMetadata unknown;
  unknown.group = {"order", "demo", "r1", {}};
  EXPECT_THAT(in_words(graph_of({instance("order", "order-0", "r1")}, {unknown})),
              ElementsAre("order -> order-0 [r1]"));
}

TEST(RegistryGraph, OfAnApplicationThereAreItsInterfacesAndInstances) {
  EXPECT_THAT(in_words(only(shop(), {"order"})),
              ElementsAre("com.Order -> order dubbo", "com.Stock -> order dubbo [r2]",
                          "order -> order-0 [r1]", "order -> order-1 [r2]"));
}

TEST(RegistryGraph, OfAnInterfaceThereAreItsApplicationsAndTheirInstances) {
  EXPECT_THAT(in_words(only(shop(), {"com.Web"})),
              ElementsAre("com.Web -> web dubbo", "web -> web-0 [r3]"));
}

TEST(RegistryGraph, WhatIsNotThereIsNoTarget) {
  EXPECT_TRUE(has_target(shop(), "order"));
  EXPECT_TRUE(has_target(shop(), "com.Stock"));
  EXPECT_FALSE(has_target(shop(), "order-0"));
  EXPECT_THAT(only(shop(), {"nothing"}).nodes, IsEmpty());
}

}  // namespace
}  // namespace podreg::core
