#include <gmock/gmock.h>

#include "tests/unit/doctor/examination.h"

namespace podreg::doctor {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::RegistryBuilder;

Examined asked_for(const std::string& name, const RegistryBuilder& registry = RegistryBuilder()) {
  Examined examined(registry);
  examined.question.everything = false;
  examined.evidence.everything = false;
  examined.question.services = {name};
  examined.evidence.instances.clear();
  return examined;
}

TEST(ServiceChecks, AServiceThatIsNotThereHasANearestName) {
  const auto examined = asked_for("shpo");
  EXPECT_THAT(examined.findings(), ElementsAre("ServiceMissing service/shpo"));
  EXPECT_EQ(examined.remedy(), "the nearest name is \"shop\"");
}

TEST(ServiceChecks, OrStandsInAnotherNamespace) {
  auto examined = asked_for("order");
  examined.evidence.elsewhere["order"] = {"prod"};
  EXPECT_THAT(examined.remedy(), HasSubstr("in namespace prod"));
}

TEST(ServiceChecks, AnAliasHasNoEndpoints) {
  RegistryBuilder registry;
  registry.service().type = "ExternalName";
  registry.service().selector.clear();
  registry.objects.endpoints.clear();
  registry.objects.slices.clear();
  EXPECT_THAT(asked_for("shop", registry).findings(),
              ElementsAre("ServiceExternalName service/shop"));
}

TEST(ServiceChecks, WithoutSelectorEveryPodIsACandidate) {
  RegistryBuilder registry;
  registry.service().selector.clear();
  registry.objects.pods.push_back(tests::ready_pod("stray", "10.0.0.99", "other"));
  registry.objects.pods.back().annotation.reset();
  EXPECT_THAT(Examined(registry).findings(), ElementsAre("ServiceWithoutSelector service/shop"));
}

TEST(ServiceChecks, ASelectorThatMatchesNoPodShowsWhatDiffers) {
  RegistryBuilder registry;
  registry.service().selector = {{"app", "shop"}, {"tier", "back"}};
  registry.objects.endpoints[0].subsets.clear();
  registry.objects.slices[0].endpoints.clear();
  const auto examined = asked_for("shop", registry);
  EXPECT_THAT(examined.findings(), ElementsAre("SelectorMatchesNoPod service/shop"));
  EXPECT_THAT(examined.message(), HasSubstr("pod \"shop-0\" has all of it but tier=back"));
}

// They have all of its labels, and are no pods of the Service any more.
TEST(ServiceChecks, PodsThatHaveFinishedDoNotMatch) {
  RegistryBuilder registry;
  for (auto& pod : registry.objects.pods) pod.phase = "Failed";
  registry.objects.endpoints[0].subsets.clear();
  registry.objects.slices[0].endpoints.clear();
  const auto examined = asked_for("shop", registry);
  EXPECT_THAT(examined.findings(), ElementsAre("SelectorMatchesNoPod service/shop"));
}

TEST(ServiceChecks, ALabelWithAnotherValueIsShown) {
  RegistryBuilder registry;
  registry.service().selector = {{"app", "shpo"}};
  registry.objects.endpoints[0].subsets.clear();
  registry.objects.slices[0].endpoints.clear();
  EXPECT_THAT(asked_for("shop", registry).message(),
              HasSubstr("app=shpo: there is app=shop of pod \"shop-0\""));
}

TEST(ServiceChecks, EndpointsMayBeMissingEmptyOrWithoutPorts) {
  RegistryBuilder missing;
  missing.objects.endpoints.clear();
  EXPECT_THAT(Examined(missing).findings(), ElementsAre("EndpointsMissing service/shop"));
  RegistryBuilder empty;
  empty.make_unready(0);
  empty.make_unready(1);
  EXPECT_THAT(Examined(empty).findings(),
              ElementsAre("EndpointsEmpty service/shop", "PodNotReady pod/shop-0",
                          "PodNotReady pod/shop-1"));
  RegistryBuilder without_ports;
  without_ports.subset().ports.clear();
  EXPECT_THAT(Examined(without_ports).findings(),
              ElementsAre("EndpointsWithoutPorts service/shop"));
}

TEST(ServiceChecks, TruncatedEndpointsSayHowManyThereAre) {
  RegistryBuilder registry(3);
  registry.objects.endpoints[0].truncated = true;
  registry.subset().addresses.pop_back();
  const Examined examined(registry);
  EXPECT_THAT(examined.findings(), ElementsAre("EndpointsTruncated service/shop"));
  EXPECT_THAT(examined.message(), HasSubstr("2 of 3 ready addresses"));
}

TEST(AddressChecks, AnAddressWithoutPodHidesEverybody) {
  RegistryBuilder registry;
  registry.subset().addresses[0].pod.reset();
  EXPECT_THAT(Examined(registry).findings(), ElementsAre("AddressWithoutTargetRef service/shop"));
}

TEST(AddressChecks, AReadyPodThatNoAddressNames) {
  RegistryBuilder registry;
  registry.subset().addresses.pop_back();
  registry.objects.slices[0].endpoints.pop_back();
  EXPECT_THAT(Examined(registry).findings(), ElementsAre("PodNotInEndpoints pod/shop-1"));
}

TEST(AddressChecks, AnAddressOfAPodThatIsNotSelectedSaysWhichLabelDiffers) {
  RegistryBuilder registry;
  registry.relabel(1, {{"app", "other"}});
  const Examined examined(registry);
  EXPECT_THAT(examined.findings(), ElementsAre("AddressWithoutPod pod/shop-1"));
  EXPECT_THAT(examined.remedy(), HasSubstr("its label app is other, not shop"));
}

TEST(AddressChecks, AnAddressThatIsThereTwiceGivesInstancesTwice) {
  RegistryBuilder registry;
  registry.objects.endpoints[0].subsets.push_back(registry.subset());
  EXPECT_THAT(Examined(registry).findings(),
              ElementsAre("AddressRepeated pod/shop-0", "AddressRepeated pod/shop-1"));
}

TEST(AddressChecks, WhyAPodIsNotReadyIsSaid) {
  RegistryBuilder registry(4);
  for (std::size_t i = 0; i < 4; ++i) registry.make_unready(i);
  auto& crashing = registry.pod(0).containers[0];
  crashing.state = "waiting";
  crashing.reason = "CrashLoopBackOff";
  crashing.restarts = 5;
  registry.pod(1).containers[0].has_readiness_probe = true;
  registry.pod(2).containers.clear();
  registry.pod(2).conditions = {{"PodScheduled", "False", "Unschedulable", "0/3 nodes"}};
  registry.pod(3).containers.clear();
  registry.pod(3).conditions = {{"Ready", "False", "ReadinessGatesNotReady", ""},
                                {"example.com/gate", "False", "", ""}};
  const auto findings = Examined(registry).run().findings;
  ASSERT_EQ(findings.size(), 5U);
  EXPECT_THAT(core::message(findings[1]),
              HasSubstr("container \"app\" is waiting: CrashLoopBackOff, after 5 restarts"));
  EXPECT_THAT(core::message(findings[2]), HasSubstr("the readiness probe of container \"app\""));
  EXPECT_THAT(core::message(findings[3]), HasSubstr("not scheduled (Unschedulable): 0/3 nodes"));
  EXPECT_THAT(core::message(findings[4]),
              HasSubstr("readiness gate \"example.com/gate\" is False"));
}

TEST(AddressChecks, ATerminatingPodIsForInformation) {
  RegistryBuilder registry;
  registry.make_unready(0);
  registry.pod(0).terminating = true;
  EXPECT_THAT(Examined(registry).findings(), ElementsAre("PodTerminating pod/shop-0"));
}

TEST(AddressChecks, UnreadyPodsThatAreStillAddresses) {
  RegistryBuilder registry;
  registry.service().publish_not_ready = true;
  registry.pod(0).is_ready = false;
  registry.pod(0).containers[0].ready = false;
  EXPECT_THAT(Examined(registry).findings(), ElementsAre("NotReadyPublished service/shop"));
}

TEST(AddressChecks, APortForMetricsMultipliesInstances) {
  RegistryBuilder registry;
  registry.subset().ports.push_back({"metrics", "TCP", 9090});
  const Examined examined(registry);
  EXPECT_THAT(examined.findings(), ElementsAre("PortMultipliesInstances service/shop"));
  EXPECT_THAT(examined.message(), HasSubstr("9090 (metrics)"));
}

TEST(AddressChecks, AProviderWithoutEndpointsNeedsThePortOfTheService) {
  RegistryBuilder registry;
  registry.pod(0).annotation =
      R"({"dubbo.metadata-service.url-params":"{\"port\":\"20881\",\"protocol\":\"dubbo\"}",)"
      R"("dubbo.metadata.revision":"rev-a"})";
  EXPECT_THAT(Examined(registry).findings(),
              ElementsAre("PortNotOfService pod/shop-0", "MetadataPortNotDeclared pod/shop-0"));
}

TEST(SliceChecks, EndpointsAndSlicesAreCompared) {
  RegistryBuilder registry;
  registry.objects.slices[0].endpoints[0].address.ip = "10.0.0.77";
  const Examined examined(registry);
  EXPECT_THAT(examined.findings(), ElementsAre("SlicesDiffer service/shop"));
  EXPECT_THAT(examined.message(), HasSubstr("only the Endpoints have 10.0.0.10, only the "
                                            "EndpointSlices have 10.0.0.77"));
}

TEST(SliceChecks, AnAddressOfIPv6IsTheSameInEverySpelling) {
  RegistryBuilder registry(1);
  registry.subset().addresses[0].ip = "fd00::1";
  registry.objects.slices[0].endpoints[0].address.ip = "fd00:0:0:0:0:0:0:1";
  registry.objects.slices[0].address_type = "IPv6";
  EXPECT_THAT(Examined(registry).findings(), IsEmpty());
}

TEST(UnselectedChecks, ARegisteredPodThatNoServiceSelects) {
  RegistryBuilder registry;
  registry.service().selector = {{"app", "shop"}, {"tier", "back"}};
  registry.relabel(0, {{"app", "shop"}, {"tier", "back"}});
  registry.subset().addresses.pop_back();
  registry.objects.slices[0].endpoints.pop_back();
  const Examined examined(registry);
  EXPECT_THAT(examined.findings(), ElementsAre("RegisteredWithoutService pod/shop-1"));
  EXPECT_THAT(examined.message(), HasSubstr("Service \"shop\" wants tier=back as well"));
}

TEST(UnselectedChecks, RegisteredPodsWithoutAnyService) {
  RegistryBuilder registry;
  registry.objects.services.clear();
  registry.objects.endpoints.clear();
  registry.objects.slices.clear();
  EXPECT_THAT(Examined(registry).findings(), ElementsAre("RegisteredWithoutService pod/shop-0",
                                                         "RegisteredWithoutService pod/shop-1"));
}

TEST(SliceChecks, TheSecondFamilyHasNoAddresses) {
  RegistryBuilder registry;
  registry.service().ip_families = {"IPv4", "IPv6"};
  const Examined examined(registry);
  EXPECT_THAT(examined.findings(), ElementsAre("DualStackIncomplete service/shop"));
  EXPECT_THAT(examined.message(), HasSubstr("ready addresses of IPv4 only"));
}

TEST(SliceChecks, BothFamiliesAreFineAndNotCompared) {
  RegistryBuilder registry;
  registry.service().ip_families = {"IPv4", "IPv6"};
  auto other = registry.objects.slices[0];
  other.name = "shop-y";
  other.address_type = "IPv6";
  for (auto& endpoint : other.endpoints) endpoint.address.ip = "fd00::1";
  registry.objects.slices.push_back(other);
  EXPECT_THAT(Examined(registry).findings(), IsEmpty());
}

}  // namespace
}  // namespace podreg::doctor
