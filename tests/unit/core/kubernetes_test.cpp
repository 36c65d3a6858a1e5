#include "core/kubernetes.h"

#include <gmock/gmock.h>

namespace podreg::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

EndpointSlice slice(std::vector<SliceEndpoint> endpoints, std::string type = "IPv4") {
  return {
      "demo", "shop-x", "shop", std::move(type), std::move(endpoints), {{"dubbo", "TCP", 20880}}};
}

SliceEndpoint endpoint(std::string ip, bool ready = true, std::string pod = "shop-1") {
  return {{std::move(ip), std::move(pod), "node-1"}, ready};
}

Endpoints merged(const std::vector<EndpointSlice>& slices) {
  std::vector<const EndpointSlice*> all;
  all.reserve(slices.size());
  for (const auto& one : slices) all.push_back(&one);
  return merge(all);
}

std::vector<std::string> ips(const std::vector<EndpointAddress>& addresses) {
  std::vector<std::string> result;
  for (const auto& address : addresses) result.push_back(address.ip);
  return result;
}

TEST(Labels, EveryPairOfTheSelectorMustBeThere) {
  const Labels labels{{"app", "shop"}, {"tier", "web"}, {"zone", "a"}};
  EXPECT_TRUE(matches({{"app", "shop"}, {"zone", "a"}}, labels));
  EXPECT_FALSE(matches({{"app", "shop"}, {"zone", "b"}}, labels));
  EXPECT_FALSE(matches({{"missing", ""}}, labels));
}

TEST(Labels, AnEmptySelectorMatchesEverything) {
  EXPECT_TRUE(matches({}, {{"app", "shop"}}));
  EXPECT_TRUE(matches({}, {}));
}

TEST(Labels, AreWrittenAsKubectlWritesSelectors) {
  EXPECT_EQ(to_string(Labels{}), "");
  EXPECT_EQ(to_string(Labels{{"app", "shop"}, {"zone", ""}}), "app=shop,zone=");
}

TEST(MergeSlices, NoSliceIsNoSubset) { EXPECT_THAT(merged({}).subsets, IsEmpty()); }

TEST(MergeSlices, EachSliceBecomesASubset) {
  const auto endpoints = merged({slice({endpoint("10.0.0.1"), endpoint("10.0.0.2", false)}),
                                 slice({endpoint("fd00::1")}, "IPv6")});
  EXPECT_EQ(endpoints.ns, "demo");
  EXPECT_EQ(endpoints.name, "shop");
  ASSERT_EQ(endpoints.subsets.size(), 2U);
  EXPECT_THAT(ips(endpoints.subsets[0].addresses), ElementsAre("10.0.0.1"));
  EXPECT_THAT(ips(endpoints.subsets[0].not_ready_addresses), ElementsAre("10.0.0.2"));
  EXPECT_EQ(endpoints.subsets[0].addresses[0].node, "node-1");
  EXPECT_EQ(endpoints.subsets[0].ports[0].port, 20880);
  EXPECT_THAT(ips(endpoints.subsets[1].addresses), ElementsAre("fd00::1"));
}

TEST(MergeSlices, FqdnSlicesAreLeftOut) {
  EXPECT_THAT(merged({slice({endpoint("shop.example.org")}, "FQDN")}).subsets, IsEmpty());
}

TEST(MergeSlices, AnAddressInTwoSlicesCountsOnce) {
  const auto endpoints = merged({slice({endpoint("10.0.0.1"), endpoint("10.0.0.1")}),
                                 slice({endpoint("10.0.0.1", true, "shop-1")})});
  EXPECT_THAT(ips(endpoints.subsets[0].addresses), ElementsAre("10.0.0.1"));
  EXPECT_EQ(endpoints.subsets[0].addresses[0].pod, "shop-1");
  EXPECT_THAT(endpoints.subsets[1].addresses, IsEmpty());
}

// Of a node whose network they use, say.
TEST(MergeSlices, PodsMayShareAnAddress) {
  const auto endpoints =
      merged({slice({endpoint("10.0.0.1"), endpoint("10.0.0.1", false, "shop-2")}),
              slice({endpoint("10.0.0.1", true, "shop-3")})});
  EXPECT_EQ(endpoints.subsets[0].addresses[0].pod, "shop-1");
  EXPECT_EQ(endpoints.subsets[0].not_ready_addresses[0].pod, "shop-2");
  EXPECT_EQ(endpoints.subsets[1].addresses[0].pod, "shop-3");
}

TEST(MergeSlices, AnAddressIsReadyWhenOneSliceSaysSo) {
  const auto endpoints = merged({slice({endpoint("10.0.0.1", false), endpoint("10.0.0.2", false)}),
                                 slice({endpoint("10.0.0.1", true), endpoint("10.0.0.2", false)})});
  EXPECT_THAT(endpoints.subsets[0].addresses, IsEmpty());
  EXPECT_THAT(ips(endpoints.subsets[0].not_ready_addresses), ElementsAre("10.0.0.2"));
  EXPECT_THAT(ips(endpoints.subsets[1].addresses), ElementsAre("10.0.0.1"));
  EXPECT_THAT(endpoints.subsets[1].not_ready_addresses, IsEmpty());
}

}  // namespace
}  // namespace podreg::core
