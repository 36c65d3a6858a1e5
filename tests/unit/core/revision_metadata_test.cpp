#include "core/revision_metadata.h"

#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <vector>

#include "core/metadata.h"
#include "core/registration_faults.h"
#include "tests/support/parsed_metadata.h"

namespace podreg::core {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Instance instance(const std::string& pod, const std::string& metadata) {
  Instance result;
  result.service_name = "shop";
  result.ns = "demo";
  result.host = "10.0.0.1";
  result.port = 20880;
  result.pod = pod;
  result.metadata = tests::parsed_metadata(metadata);
  return result;
}

// "CODE pod: detail" of each.
std::vector<std::string> faults(const std::vector<std::string>& metadata,
                                std::optional<int> port = std::nullopt, bool foreign = false) {
  RevisionGroup group{"shop", "demo", "r1", {}};
  for (const auto& text : metadata) {
    group.instances.push_back(instance("shop-" + std::to_string(group.instances.size()), text));
  }
  std::vector<std::string> lines;
  for (const auto& warning : RegistrationFaults(port, foreign).of(group)) {
    lines.push_back(std::string(to_string(warning.code)) + " " + warning.pod + ": " +
                    warning.detail);
  }
  return lines;
}

constexpr const char* kGood =
    R"({"dubbo.metadata-service.url-params":"{\"port\":\"20881\",\"protocol\":\"dubbo\"}"})";

TEST(RegistrationFaults, AGoodRegistrationHasNone) { EXPECT_THAT(faults({kGood}), IsEmpty()); }

TEST(RegistrationFaults, EveryPodWhoseMetadataServiceIsNotSaidOrCannotBeReadIsNamed) {
  const auto found = faults({kGood, "{}", R"({"dubbo.metadata-service.url-params":"{\"port\":"})"});
  EXPECT_THAT(found,
              ElementsAre("MetadataServiceNotAskable shop-1: no "
                          "dubbo.metadata-service.url-params",
                          HasSubstr("shop-2: pod \"shop-2\" has a "
                                    "dubbo.metadata-service.url-params that cannot be read")));
  EXPECT_THAT(faults({"{}"}, 20880), IsEmpty()) << "--metadata-port says where";
}

TEST(RegistrationFaults, AnAddressThatIsNotThePodsIsOneUnlessItIsAllowed) {
  const char* foreign =
      R"({"dubbo.metadata-service.urls":"[\"dubbo://10.9.9.9:20880/x?version=1.0.0\"]"})";
  EXPECT_THAT(faults({foreign}), ElementsAre(HasSubstr("said to be at 10.9.9.9")));
  EXPECT_THAT(faults({foreign}, std::nullopt, true), IsEmpty());
}

TEST(RegistrationFaults, AMetadataCenterIsOneOfTheRevision) {
  const char* remote = R"({"dubbo.metadata.storage-type":"remote"})";
  EXPECT_THAT(faults({remote, remote}), ElementsAre("MetadataInCenter shop-0: revision r1"));
}

TEST(SkippedInstances, AreThePodsThatExportNothingEachOnce) {
  auto twice = instance("zero", R"({"dubbo.metadata.revision":"0"})");
  const auto skipped = skipped_instances({twice, twice, instance("none", "{}"),
                                          instance("r1", R"({"dubbo.metadata.revision":"r1"})")});
  ASSERT_EQ(skipped.size(), 2U);
  EXPECT_EQ(skipped[0].pod, "zero");
  EXPECT_EQ(skipped[0].detail, "revision 0");
  EXPECT_EQ(skipped[1].pod, "none");
  EXPECT_EQ(skipped[1].detail, "no revision");
}

RevisionMetadata revision(const std::string& application, const std::string& name,
                          const std::string& source) {
  return {{application, "demo", name, {}}, std::nullopt, "", source, std::nullopt};
}

Warning unanswered(const std::string& application, const std::string& detail) {
  return {WarningCode::metadata_not_answered, "demo", application, "", "", detail};
}

TEST(ReplaceMetadata, WhatIsAskedAnewTakesThePlaceOfWhatWasKnownAndItsWarnings) {
  MetadataGathering known{{revision("shop", "r1", "cache"), revision("stock", "r2", "cache")},
                          {unanswered("shop", "old"), unanswered("stock", "stays")}};
  replace(known, {{revision("shop", "r1", "dubbo://10.0.0.1:20880")}, {unanswered("shop", "new")}});
  ASSERT_EQ(known.revisions.size(), 2U);
  EXPECT_EQ(known.revisions[0].source, "dubbo://10.0.0.1:20880");
  EXPECT_EQ(known.revisions[1].source, "cache");
  EXPECT_THAT(known.warnings, ElementsAre(unanswered("stock", "stays"), unanswered("shop", "new")));
}

}  // namespace
}  // namespace podreg::core
