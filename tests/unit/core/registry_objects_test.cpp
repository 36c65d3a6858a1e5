#include "core/registry_objects.h"

#include <gmock/gmock.h>

#include "core/objects_cluster.h"

namespace podreg::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> names(const auto& objects) {
  std::vector<std::string> result;
  for (const auto& one : objects) result.push_back(one.ns + "/" + one.name);
  return result;
}

PodObject pod(const std::string& ns, const std::string& name, const Labels& labels,
              const std::string& revision = "r1") {
  PodObject pod;
  pod.ns = ns;
  pod.name = name;
  pod.labels = std::make_shared<const Labels>(labels);
  pod.annotation = R"({"dubbo.metadata.revision":")" + revision + "\"}";
  return pod;
}

Service service(const std::string& ns, const std::string& name, const Labels& selector) {
  Service service;
  service.ns = ns;
  service.name = name;
  service.selector = selector;
  return service;
}

Endpoints endpoints(const std::string& ns, const std::string& name, const std::string& pod_name) {
  return {ns, name, {{{{"10.0.0.1", pod_name, ""}}, {}, {{"", "TCP", 20880}}}}, false};
}

RegistryObjects two_namespaces() {
  RegistryObjects objects;
  objects.services = {service("a", "cart", {{"app", "cart"}}),
                      service("a", "shop", {{"app", "shop"}}),
                      service("b", "shop", {{"app", "shop"}})};
  objects.endpoints = {endpoints("a", "shop", "shop-1"), endpoints("b", "shop", "hand-made")};
  objects.slices = {
      {"a", "shop-x", "shop", "IPv4", {{{"10.0.0.1", "shop-1", ""}, true}}, {{"", "TCP", 20880}}}};
  objects.pods = {pod("a", "cart-1", {{"app", "cart"}}, "r2"),
                  pod("a", "shop-1", {{"app", "shop"}}), pod("b", "hand-made", {}),
                  pod("b", "other", {}), pod("b", "shop-1", {{"app", "shop"}})};
  return objects;
}

TEST(RegistryObjects, AreNarrowedToAQuery) {
  auto objects = two_namespaces();
  ObjectsQuery query;
  query.ns = "a";
  query.services = {"shop"};
  query.with_endpoints = false;
  objects.narrow_to(query);
  EXPECT_THAT(names(objects.services), ElementsAre("a/shop"));
  EXPECT_THAT(objects.endpoints, IsEmpty());
  EXPECT_THAT(names(objects.slices), ElementsAre("a/shop-x"));
  EXPECT_THAT(names(objects.pods), ElementsAre("a/cart-1", "a/shop-1"));
}

TEST(RegistryObjects, PodsOfServicesAreThoseOfSelectorsAndAddresses) {
  auto objects = two_namespaces();
  objects.services.erase(objects.services.begin());
  objects.keep_pods_of_services();
  EXPECT_THAT(names(objects.pods), ElementsAre("a/shop-1", "b/hand-made", "b/shop-1"));
}

TEST(RegistryObjects, WhereASelectorMatchesNoPodAllOfTheNamespaceStay) {
  auto objects = two_namespaces();
  objects.services = {service("b", "shop", {{"app", "shoop"}})};
  objects.keep_pods_of_services();
  EXPECT_THAT(names(objects.pods), ElementsAre("a/shop-1", "b/hand-made", "b/other", "b/shop-1"));
}

TEST(RegistryObjects, MetadataOfRevisionsThatNobodyRegisteredIsDropped) {
  auto objects = two_namespaces();
  MetadataInfo registered;
  registered.revision = "r2";
  MetadataInfo stale;
  stale.revision = "r3";
  objects.metadata = {stale, registered};
  objects.keep_registered_metadata();
  ASSERT_EQ(objects.metadata.size(), 1U);
  EXPECT_EQ(objects.metadata[0].revision, "r2");
}

TEST(ForeignAnnotations, AreKnownByName) {
  EXPECT_TRUE(is_foreign_annotation("dubbo.io/annotation"));
  EXPECT_TRUE(is_foreign_annotation("dubbo.apache.org/qos"));
  EXPECT_FALSE(is_foreign_annotation("dubbo.io/other"));
  EXPECT_FALSE(is_foreign_annotation("io.dubbo/metadata"));
}

TEST(ObjectsCluster, HasTheServicesWithTheirEndpoints) {
  const auto objects = two_namespaces();
  ObjectsCluster cluster(objects);
  const auto all = cluster.services({});
  EXPECT_THAT(names(all), ElementsAre("a/cart", "a/shop", "b/shop"));
  EXPECT_FALSE(all[0].endpoints);
  EXPECT_EQ(all[1].endpoints, objects.endpoints[0]);
  const auto sliced = cluster.services({"a", "shop", EndpointSource::endpointslices});
  ASSERT_EQ(sliced.size(), 1U);
  EXPECT_EQ(sliced[0].source, EndpointSource::endpointslices);
  EXPECT_EQ(sliced[0].endpoints, merge({&objects.slices[0]}));
}

TEST(ObjectsCluster, ListsPodsOfASelector) {
  const auto objects = two_namespaces();
  ObjectsCluster cluster(objects);
  std::vector<std::string> found;
  cluster.pods({"b", {{"app", "shop"}}, true}, [&](const PodView& pod) {
    found.push_back(std::string(pod.name) + " " + to_string(*pod.labels));
  });
  EXPECT_THAT(found, ElementsAre("shop-1 app=shop"));
}

TEST(ObjectsCluster, HasOnePodByNameAndChangesNone) {
  const auto objects = two_namespaces();
  ObjectsCluster cluster(objects);
  const auto pod = cluster.pod("b", "other");
  ASSERT_TRUE(pod);
  EXPECT_EQ(pod->annotation, objects.pods[3].annotation);
  EXPECT_FALSE(cluster.pod("a", "other"));
  EXPECT_THROW(cluster.annotate(*pod, "{}", {}), Error);
}

}  // namespace
}  // namespace podreg::core
