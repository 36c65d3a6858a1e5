#include "core/gather.h"

#include <gmock/gmock.h>

#include "tests/support/fake_cluster.h"

namespace podreg::core {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using tests::FakeCluster;

constexpr const char* kAnnotation =
    R"({"dubbo.endpoints":"[{\"port\":20880,\"protocol\":\"dubbo\"}]","dubbo.metadata.revision":"r1"})";

ServiceState state_of(const std::string& ns, const std::string& name,
                      const std::vector<std::string>& pods) {
  ServiceState state{.ns = ns, .name = name, .service = {}, .endpoints = {}, .slice_addresses = {}};
  state.service = Service{ns, name, "ClusterIP", {{"app", name}}, {}};
  EndpointSubset subset{{}, {}, {{"", "TCP", 20880}}};
  for (std::size_t i = 0; i < pods.size(); ++i) {
    subset.addresses.push_back({"10.0.0." + std::to_string(i + 1), pods[i], ""});
  }
  state.endpoints = Endpoints{ns, name, {subset}, false};
  return state;
}

TEST(GatherInstances, AsksForTheServiceThenForThePodsOfItsSelector) {
  FakeCluster cluster;
  cluster.states = {state_of("demo", "shop", {"shop-0", "other-0"})};
  cluster.listed = {{"demo", "shop-0", {{"app", "shop"}}, kAnnotation},
                    {"demo", "other-0", {{"app", "other"}}, "{}"}};
  const auto result = gather_instances(cluster, {"demo", "shop", EndpointSource::endpoints});
  EXPECT_THAT(cluster.requests, ElementsAre("services demo/shop", "pods demo app=shop"));
  ASSERT_EQ(result.size(), 1U);
  EXPECT_EQ(result[0].discovery.instances.size(), 1U);
  EXPECT_EQ(result[0].discovery.warnings.size(), 1U);
}

TEST(GatherInstances, AsksForNoPodsWhenNoAddressNamesOne) {
  FakeCluster cluster;
  cluster.states = {state_of("demo", "shop", {})};
  gather_instances(cluster, {"demo", "shop", EndpointSource::endpoints});
  EXPECT_THAT(cluster.requests, ElementsAre("services demo/shop"));
}

TEST(GatherInstances, CountsTheSlicesOnlyOfTruncatedEndpoints) {
  FakeCluster cluster;
  cluster.states = {state_of("demo", "shop", {"shop-0"})};
  cluster.states[0].endpoints->truncated = true;
  cluster.slices = {state_of("demo", "shop", {"shop-0", "shop-1", "shop-2"})};
  const auto result = gather_instances(cluster, {"demo", "shop", EndpointSource::endpoints});
  EXPECT_THAT(cluster.requests,
              ElementsAre("services demo/shop", "slices demo/shop", "pods demo app=shop"));
  EXPECT_EQ(result[0].state.slice_addresses, 3U);
}

TEST(GatherInstances, WhoCannotReadSlicesStillGetsTheInstances) {
  FakeCluster cluster;
  cluster.states = {state_of("demo", "shop", {"shop-0"})};
  cluster.states[0].endpoints->truncated = true;
  cluster.listed = {{"demo", "shop-0", {{"app", "shop"}}, kAnnotation}};
  cluster.slices_error = Error(ErrorKind::unreachable, "no");
  const auto result = gather_instances(cluster, {"demo", "shop", EndpointSource::endpoints});
  EXPECT_EQ(result[0].state.slice_addresses, std::nullopt);
  EXPECT_EQ(result[0].discovery.instances.size(), 1U);
}

Pod registered_pod(const std::string& name, const std::string& app) {
  Pod pod;
  pod.ns = "demo";
  pod.name = name;
  pod.labels = {{"app", app}};
  pod.annotation = kAnnotation;
  return pod;
}

TEST(GatherInstancesOfPod, AsksForThatPodAloneHoweverManyServicesThereAre) {
  FakeCluster cluster;
  for (int i = 0; i < 50; ++i) {
    const std::string name = "shop" + std::to_string(i);
    cluster.states.push_back(state_of("demo", name, {name + "-0", name + "-1"}));
  }
  cluster.states.push_back(state_of("demo", "other", {"shop7-0"}));  // does not select it
  cluster.writable = registered_pod("shop7-0", "shop7");
  const auto result =
      gather_instances_of_pod(cluster, {"demo", {}, EndpointSource::endpoints}, "shop7-0");
  EXPECT_THAT(cluster.requests, ElementsAre("services demo/*", "pod demo/shop7-0"));
  ASSERT_TRUE(result);
  ASSERT_EQ(result->instances.size(), 1U);
  EXPECT_EQ(result->instances.front().service_name, "shop7");
  EXPECT_EQ(result->instances.front().pod, "shop7-0");
  ASSERT_EQ(result->warnings.size(), 1U) << "and none about the pod that was not asked for";
  EXPECT_EQ(result->warnings[0].code, WarningCode::endpoint_without_pod);
  EXPECT_EQ(result->warnings[0].service, "other");
}

TEST(GatherInstancesOfPod, APodOfNoServiceHasNoneAndOneThatDoesNotExistIsNothing) {
  FakeCluster cluster;
  cluster.states = {state_of("demo", "shop", {"shop-0", "gone-0"})};
  cluster.writable = registered_pod("alone", "shop");
  const auto instances_of = [&](const std::optional<std::string>& ns, const std::string& pod) {
    return gather_instances_of_pod(cluster, {ns, {}, EndpointSource::endpoints}, pod);
  };
  ASSERT_TRUE(instances_of("demo", "alone"));
  EXPECT_THAT(instances_of("demo", "alone")->instances, IsEmpty());
  EXPECT_FALSE(instances_of("demo", "gone-0"));
  EXPECT_FALSE(instances_of("demo", "nowhere"));
  EXPECT_THAT(instances_of(std::nullopt, "nowhere")->instances, IsEmpty());
}

TEST(GatherInstancesOfPod, WhyAPodIsNoInstanceIsAWarning) {
  const auto warnings_of = [](FakeCluster cluster) {
    std::vector<WarningCode> codes;
    const auto found =
        gather_instances_of_pod(cluster, {"demo", {}, EndpointSource::endpoints}, "shop-0");
    for (const auto& warning : found->warnings) codes.push_back(warning.code);
    EXPECT_THAT(found->instances, IsEmpty());
    return codes;
  };
  FakeCluster cluster;
  cluster.states = {state_of("demo", "shop", {"shop-0", "shop-1"})};
  cluster.writable = registered_pod("shop-0", "shop");
  auto broken = cluster;
  broken.writable->annotation = "{";
  EXPECT_THAT(warnings_of(broken), ElementsAre(WarningCode::invalid_metadata));
  auto& subset = cluster.states[0].endpoints->subsets[0];
  subset.not_ready_addresses = std::move(subset.addresses);
  subset.addresses.clear();
  EXPECT_THAT(warnings_of(cluster), ElementsAre(WarningCode::address_not_ready));
}

TEST(GatherServices, NeedsTwoRequestsHoweverManyServicesThereAre) {
  FakeCluster cluster;
  for (int i = 0; i < 50; ++i) {
    const std::string name = "shop" + std::to_string(i);
    cluster.states.push_back(state_of("demo", name, {name + "-0"}));
    cluster.listed.push_back({"demo", name + "-0", {{"app", name}}, kAnnotation});
  }
  const auto result = gather_services(cluster, {"demo", {}, EndpointSource::endpoints});
  EXPECT_THAT(cluster.requests, ElementsAre("services demo/*", "pods demo "));
  ASSERT_EQ(result.services.size(), 50U);
  EXPECT_EQ(result.services[7].instances, 1U);
  EXPECT_EQ(result.services[7].ready_addresses, 1U);
  EXPECT_THAT(result.services[7].revisions, ElementsAre("r1"));
  EXPECT_THAT(result.services[7].protocols, ElementsAre("dubbo"));
}

TEST(GatherServices, APodOfTheSameNameInAnotherNamespaceIsAnotherPod) {
  FakeCluster cluster;
  cluster.states = {state_of("a", "shop", {"shop-0"}), state_of("b", "shop", {"shop-0"})};
  cluster.listed = {{"b", "shop-0", {{"app", "shop"}}, kAnnotation}};
  const auto result = gather_services(cluster, {});
  ASSERT_EQ(result.services.size(), 2U);
  EXPECT_EQ(result.services[0].instances, 0U);
  EXPECT_EQ(result.services[1].instances, 1U);
}

TEST(GatherServices, ThePodMustMatchTheSelectorOfEachServiceThatNamesIt) {
  FakeCluster cluster;
  cluster.states = {state_of("demo", "one", {"pod"}), state_of("demo", "two", {"pod"})};
  cluster.listed = {{"demo", "pod", {{"app", "two"}}, kAnnotation}};
  const auto result = gather_services(cluster, {"demo", {}, EndpointSource::endpoints});
  EXPECT_EQ(result.services[0].instances, 0U);
  EXPECT_EQ(result.services[1].instances, 1U);
}

TEST(GatherServices, IsSilentAboutServicesThatAreNotDubbos) {
  FakeCluster cluster;
  cluster.states = {state_of("demo", "nginx", {"nginx-0"}),
                    state_of("demo", "shop", {"shop-0", "shop-1"})};
  cluster.listed = {{"demo", "nginx-0", {{"app", "nginx"}}, {}},
                    {"demo", "shop-0", {{"app", "shop"}}, kAnnotation},
                    {"demo", "shop-1", {{"app", "shop"}}, {}}};
  const auto result = gather_services(cluster, {"demo", {}, EndpointSource::endpoints});
  EXPECT_EQ(result.services.size(), 2U);
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_EQ(result.warnings[0].pod, "shop-1");
}

TEST(GatherServices, SaysThatRegisteredPodsHaveNoEndpoints) {
  FakeCluster cluster;
  cluster.states = {state_of("demo", "shop", {}), state_of("demo", "nginx", {})};
  for (auto& state : cluster.states) state.endpoints.reset();
  cluster.listed = {{"demo", "shop-0", {{"app", "shop"}}, kAnnotation},
                    {"demo", "nginx-0", {{"app", "nginx"}}, {}}};
  const auto result = gather_services(cluster, {"demo", {}, EndpointSource::endpoints});
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_EQ(result.warnings[0].code, WarningCode::endpoints_not_found);
  EXPECT_EQ(result.warnings[0].service, "shop");
}

TEST(GatherServices, EndpointsWithoutServiceAreLeftOut) {
  FakeCluster cluster;
  cluster.states = {state_of("demo", "leader", {})};
  cluster.states[0].service.reset();
  EXPECT_THAT(gather_services(cluster, {"demo", {}, EndpointSource::endpoints}).services,
              IsEmpty());
}

}  // namespace
}  // namespace podreg::core
