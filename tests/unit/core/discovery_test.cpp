#include "core/discovery.h"

#include <gmock/gmock.h>

#include "core/ip_address.h"

namespace podreg::core {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

EndpointAddress address(std::string ip, std::string pod) {
  return {std::move(ip), std::move(pod), ""};
}

ServiceState state_of(std::vector<EndpointSubset> subsets) {
  ServiceState state{
      .ns = "demo", .name = "shop", .service = {}, .endpoints = {}, .slice_addresses = {}};
  state.service = Service{"demo", "shop", "ClusterIP", {{"app", "shop"}}, {}};
  state.endpoints = Endpoints{"demo", "shop", std::move(subsets), false};
  return state;
}

Registrations registered(std::initializer_list<std::string> pods) {
  Registrations result;
  for (const auto& pod : pods)
    result[pod] = Registration::read(R"({"dubbo.metadata.revision":"r1"})");
  return result;
}

std::vector<std::string> places(const Discovery& discovery) {
  std::vector<std::string> result;
  for (const auto& instance : discovery.instances) {
    result.push_back(host_port(instance.host, instance.port) + " " + instance.pod);
  }
  return result;
}

std::vector<WarningCode> codes(const Discovery& discovery) {
  std::vector<WarningCode> result;
  for (const auto& warning : discovery.warnings) result.push_back(warning.code);
  return result;
}

TEST(Discovery, EveryAddressGetsThePortsOfAllSubsets) {
  const auto state = state_of({{{address("10.0.0.1", "a")}, {}, {{"dubbo", "TCP", 20880}}},
                               {{address("10.0.0.2", "b")}, {}, {{"tri", "TCP", 50051}}}});
  EXPECT_THAT(
      places(discover(state, registered({"a", "b"}))),
      ElementsAre("10.0.0.1:20880 a", "10.0.0.1:50051 a", "10.0.0.2:20880 b", "10.0.0.2:50051 b"));
}

// Their product would take terabytes.
TEST(Discovery, ManyAddressesAndPortsOfUnknownPodsTakeNoMemory) {
  constexpr int kMany = 100'000;
  EndpointSubset subset;
  for (int i = 0; i < kMany; ++i) {
    subset.addresses.push_back(address("10." + std::to_string(i / 65'536) + "." +
                                           std::to_string(i / 256 % 256) + "." +
                                           std::to_string(i % 256),
                                       "p"));
    subset.ports.push_back({"", "TCP", i});
  }
  const auto discovery = discover(state_of({subset}), {});
  EXPECT_THAT(discovery.instances, IsEmpty());
  EXPECT_EQ(discovery.warnings.size(), std::size_t{kMany});
}

TEST(Discovery, NotReadyAddressesAreLeftOutWithAWarning) {
  const auto state =
      state_of({{{address("10.0.0.1", "a")}, {address("10.0.0.2", "b")}, {{"", "TCP", 20880}}}});
  const auto discovery = discover(state, registered({"a", "b"}));
  EXPECT_THAT(places(discovery), ElementsAre("10.0.0.1:20880 a"));
  ASSERT_THAT(codes(discovery), ElementsAre(WarningCode::address_not_ready));
  EXPECT_EQ(discovery.warnings[0].pod, "b");
}

TEST(Discovery, InstancesAreSortedByAddressNumericallyThenPort) {
  const auto state =
      state_of({{{address("fd00::1", "d"), address("10.0.0.10", "b"), address("10.0.0.9", "a")},
                 {},
                 {{"x", "TCP", 9}, {"y", "TCP", 10}}}});
  EXPECT_THAT(places(discover(state, registered({"a", "b", "d"}))),
              ElementsAre("10.0.0.9:9 a", "10.0.0.9:10 a", "10.0.0.10:9 b", "10.0.0.10:10 b",
                          "[fd00::1]:9 d", "[fd00::1]:10 d"));
}

TEST(Discovery, AddressWithoutPodIsLeftOutWithAWarning) {
  const auto state =
      state_of({{{address("10.0.0.1", "gone"), address("10.0.0.2", "b")}, {}, {{"", "TCP", 1}}}});
  const auto discovery = discover(state, registered({"b"}));
  EXPECT_THAT(places(discovery), ElementsAre("10.0.0.2:1 b"));
  ASSERT_THAT(codes(discovery), ElementsAre(WarningCode::endpoint_without_pod));
  EXPECT_EQ(discovery.warnings[0].host, "10.0.0.1");
  EXPECT_EQ(discovery.warnings[0].pod, "gone");
}

TEST(Discovery, AddressWithoutTargetRefHidesOnlyItselfHere) {
  const auto state =
      state_of({{{{"10.0.0.1", {}, ""}, address("10.0.0.2", "b")}, {}, {{"", "TCP", 1}}}});
  const auto discovery = discover(state, registered({"b"}));
  EXPECT_THAT(places(discovery), ElementsAre("10.0.0.2:1 b"));
  ASSERT_THAT(codes(discovery), ElementsAre(WarningCode::endpoint_without_target_ref));
  EXPECT_THAT(message(discovery.warnings[0]), HasSubstr("no instance of this Service at all"));
}

TEST(Discovery, AnnotationsThatCannotBeUsedAreWarningsInTheOrderOfTheAddresses) {
  const auto state = state_of({{{address("10.0.0.1", "invalid"), address("10.0.0.2", "absent"),
                                 address("10.0.0.3", "empty"), address("10.0.0.4", "object")},
                                {},
                                {{"", "TCP", 1}}}});
  const Registrations listed = {{"invalid", Registration::read("{not json")},
                                {"absent", Registration::read(std::nullopt)},
                                {"empty", Registration::read("")},
                                {"object", Registration::read("{}")}};
  const auto discovery = discover(state, listed);
  EXPECT_THAT(places(discovery), ElementsAre("10.0.0.4:1 object"));
  EXPECT_THAT(codes(discovery),
              ElementsAre(WarningCode::invalid_metadata, WarningCode::pod_without_metadata,
                          WarningCode::pod_without_metadata));
  EXPECT_THAT(discovery.warnings[0].detail, HasSubstr("at byte 1"));
}

TEST(Discovery, ValuesThatAreNotStringsAreShownWithAWarning) {
  const auto state = state_of({{{address("10.0.0.1", "a")}, {}, {{"", "TCP", 1}}}});
  const auto discovery = discover(state, {{"a", Registration::read(R"({"a":1,"b":"t","c":{}})")}});
  EXPECT_THAT(places(discovery), ElementsAre("10.0.0.1:1 a"));
  ASSERT_THAT(codes(discovery), ElementsAre(WarningCode::metadata_not_text));
  EXPECT_EQ(discovery.warnings[0].detail, "a, c");
}

TEST(Discovery, AnAddressOfSeveralSubsetsCountsOnceWithAWarning) {
  const auto state = state_of({{{address("10.0.0.1", "a")}, {}, {{"", "TCP", 1}}},
                               {{address("10.0.0.1", "a")}, {}, {{"", "TCP", 2}}}});
  const auto discovery = discover(state, registered({"a"}));
  EXPECT_THAT(places(discovery), ElementsAre("10.0.0.1:1 a", "10.0.0.1:2 a"));
  EXPECT_THAT(codes(discovery), ElementsAre(WarningCode::duplicate_instance));
}

TEST(Discovery, TheSameNumberOfTwoProtocolsIsOnePort) {
  const auto state =
      state_of({{{address("10.0.0.1", "a")}, {}, {{"t", "TCP", 53}, {"u", "UDP", 53}}}});
  const auto discovery = discover(state, registered({"a"}));
  EXPECT_THAT(places(discovery), ElementsAre("10.0.0.1:53 a"));
  EXPECT_THAT(discovery.warnings, IsEmpty());
}

TEST(Discovery, TwoPodsOfOneAddressAreTwoInstances) {
  const auto state =
      state_of({{{address("10.0.0.1", "a"), address("10.0.0.1", "b")}, {}, {{"", "TCP", 1}}}});
  EXPECT_THAT(places(discover(state, registered({"a", "b"}))),
              ElementsAre("10.0.0.1:1 a", "10.0.0.1:1 b"));
}

TEST(Discovery, WithoutServiceThereIsNoInstance) {
  auto state = state_of({{{address("10.0.0.1", "a")}, {}, {{"", "TCP", 1}}}});
  state.service.reset();
  const auto discovery = discover(state, registered({"a"}));
  EXPECT_THAT(discovery.instances, IsEmpty());
  EXPECT_THAT(codes(discovery), ElementsAre(WarningCode::service_not_found));
}

TEST(Discovery, WithoutEndpointsThereIsAWarning) {
  auto state = state_of({});
  state.endpoints.reset();
  EXPECT_THAT(codes(discover(state, {})), ElementsAre(WarningCode::endpoints_not_found));
}

TEST(Discovery, WithoutSlicesTheWarningDoesNotClaimThatEndpointsAreMissing) {
  auto state = state_of({});
  state.endpoints.reset();
  state.source = EndpointSource::endpointslices;
  const auto discovery = discover(state, {});
  ASSERT_THAT(codes(discovery), ElementsAre(WarningCode::endpoints_not_found));
  EXPECT_THAT(message(discovery.warnings[0]), HasSubstr("has no EndpointSlice"));
}

TEST(Discovery, AddressesWithoutAnyPortMakeNoInstance) {
  const auto state = state_of({{{address("10.0.0.1", "a")}, {}, {}}});
  const auto discovery = discover(state, registered({"a"}));
  EXPECT_THAT(discovery.instances, IsEmpty());
  EXPECT_THAT(codes(discovery), ElementsAre(WarningCode::endpoints_without_ports));
}

TEST(Discovery, ServiceWithoutSelectorIsSaidAndStillJoined) {
  auto state = state_of({{{address("10.0.0.1", "a")}, {}, {{"", "TCP", 1}}}});
  state.service->selector.clear();
  const auto discovery = discover(state, registered({"a"}));
  EXPECT_THAT(places(discovery), ElementsAre("10.0.0.1:1 a"));
  EXPECT_THAT(codes(discovery), ElementsAre(WarningCode::service_without_selector));
}

TEST(Discovery, TruncatedEndpointsSayBothCountsWhenTheyAreKnown) {
  auto state = state_of({{{address("10.0.0.1", "a")}, {}, {{"", "TCP", 1}}}});
  state.endpoints->truncated = true;
  state.slice_addresses = 2500;
  auto discovery = discover(state, registered({"a"}));
  ASSERT_THAT(codes(discovery), ElementsAre(WarningCode::endpoints_truncated));
  EXPECT_THAT(message(discovery.warnings[0]), HasSubstr("1 of 2500 ready addresses"));
  EXPECT_THAT(message(discovery.warnings[0]), HasSubstr("--endpoint-source endpointslices"));
  state.slice_addresses.reset();
  discovery = discover(state, registered({"a"}));
  EXPECT_THAT(message(discovery.warnings[0]), HasSubstr("1 ready addresses and not all of them"));
}

TEST(Discovery, ThePortsOfAPodShareItsMetadata) {
  const auto state =
      state_of({{{address("10.0.0.1", "a")}, {}, {{"x", "TCP", 1}, {"y", "TCP", 2}}}});
  const auto discovery = discover(state, registered({"a"}));
  ASSERT_EQ(discovery.instances.size(), 2U);
  EXPECT_EQ(discovery.instances[0].metadata, discovery.instances[1].metadata);
}

}  // namespace
}  // namespace podreg::core
