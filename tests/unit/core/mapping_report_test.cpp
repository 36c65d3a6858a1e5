#include "core/mapping_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include "tests/support/registered_shop.h"

namespace podreg::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::RegisteredShop;

const InterfaceQuery kA = InterfaceQuery::parse("x.A");
const InterfaceQuery kB = InterfaceQuery::parse("x.B");

ProviderIndex cluster() {
  RegisteredShop shop;
  shop.add("shop-a", "r1", {{"x.A", "", "", "dubbo"}});
  shop.add("shop-b", "r2", {{"x.A", "", "", "dubbo"}, {"x.B", "", "", "dubbo"}});
  return {shop.instances, shop.revisions};
}

std::vector<std::string> lines(const MappingReport& report) {
  std::vector<std::string> result;
  for (const auto& mapping : report.mappings) {
    result.push_back(fmt::format("{} {} {}", mapping.interface, to_string(mapping.source),
                                 fmt::join(mapping.applications(), ",")));
  }
  return result;
}

std::vector<WarningCode> codes(const MappingReport& report) {
  std::vector<WarningCode> result;
  for (const auto& warning : report.warnings) result.push_back(warning.code);
  return result;
}

TEST(MappingReport, TheFirstSourceThatKnowsTheInterfaceAnswers) {
  const auto index = cluster();
  const StatedSources stated{{}, {{"x.A", {"shop-a", "shop-b"}}}, {}};
  const auto report = report_mappings({kA, kB}, stated, &index, false);
  EXPECT_THAT(lines(report), ElementsAre("x.A cache shop-a,shop-b", "x.B cluster shop-b"));
  EXPECT_THAT(report.warnings, IsEmpty());
  EXPECT_TRUE(report.mappings[0].providers[0].known) << "completed by the cluster";
}

TEST(MappingReport, AllSourcesThatKnowItAreThereWhenTheyAreWanted) {
  const auto index = cluster();
  const StatedSources stated{{"shop-b"}, {{"x.A", {"shop-a"}}}, {"gone"}};
  const auto report = report_mappings({kA}, stated, &index, true);
  EXPECT_THAT(lines(report),
              ElementsAre("x.A provided-by shop-b", "x.A cache shop-a",
                          "x.A subscribed-services gone", "x.A cluster shop-a,shop-b"));
  EXPECT_THAT(codes(report),
              ElementsAre(WarningCode::provider_left_out, WarningCode::provider_left_out,
                          WarningCode::application_not_registered, WarningCode::provider_left_out,
                          WarningCode::provider_left_out));
}

// What is not shown is not warned of.
TEST(MappingReport, OnlyTheSourceThatCountsIsComparedWithTheCluster) {
  const auto index = cluster();
  const StatedSources stated{{"shop-a", "shop-b"}, {}, {"gone"}};
  EXPECT_THAT(report_mappings({kA}, stated, &index, false).warnings, IsEmpty());
}

TEST(MappingReport, WhatNobodyKnowsIsMissingOnce) {
  const auto index = cluster();
  const auto unknown = InterfaceQuery::parse("x.C");
  const auto report = report_mappings({unknown, kB, unknown}, {}, &index, false);
  EXPECT_THAT(report.missing, ElementsAre("x.C"));
  EXPECT_THAT(lines(report), ElementsAre("x.B cluster shop-b"));
}

TEST(MappingReport, WithoutTheClusterTheOthersStillAnswer) {
  const StatedSources stated{{}, {{"x.A", {"shop-a"}}}, {}};
  const auto report = report_mappings({kA, kB}, stated, nullptr, false);
  EXPECT_THAT(lines(report), ElementsAre("x.A cache shop-a"));
  EXPECT_FALSE(report.mappings[0].providers[0].known);
  EXPECT_THAT(report.missing, ElementsAre("x.B"));
}

TEST(MappingReport, AnInterfaceThatIsNamedTwiceIsThereOnce) {
  const auto index = cluster();
  const auto of_a = InterfaceQuery::parse("consumer://h/x.A?provided-by=shop-a");
  const auto of_b = InterfaceQuery::parse("consumer://h/x.A?provided-by=shop-b");
  EXPECT_THAT(lines(report_mappings({of_a, of_b, of_a}, {}, &index, false)),
              ElementsAre("x.A provided-by shop-a", "x.A provided-by shop-b"));
}

TEST(MappingReport, EveryInterfaceOfCacheAndClusterIsListedSorted) {
  const StatedSources stated{{"shop-a"}, {{"x.0", {"gone"}}, {"x.Z", {}}}, {"shop-b"}};
  EXPECT_THAT(lines(report_all_mappings(stated, cluster(), false)),
              ElementsAre("x.0 cache gone", "x.A cluster shop-a,shop-b", "x.B cluster shop-b"));
  EXPECT_THAT(report_all_mappings(stated, cluster(), false).missing, IsEmpty());
  EXPECT_THAT(known_interfaces(stated, cluster()), ElementsAre("x.0", "x.A", "x.B", "x.Z"));
}

}  // namespace
}  // namespace podreg::core
