// What a checklist may say of checks that have found nothing.

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/doctor/examination.h"

namespace podreg::doctor {
namespace {

core::CheckOutcome outcome_of(const Examined& examined, std::string_view title) {
  const auto outcomes = examined.run().outcomes;
  const auto found = std::ranges::find(outcomes, title, &core::CheckOutcome::title);
  return found == outcomes.end() ? core::CheckOutcome{} : *found;
}

constexpr std::string_view kPods = "every ready pod is registered";

TEST(Outcomes, WhatWasLookedAtIsFine) {
  EXPECT_EQ(outcome_of(Examined(), kPods).state, core::CheckState::fine);
}

TEST(Outcomes, OfNoServiceNothingIsSaidToBeFine) {
  Examined examined;
  examined.question.services = {"nope"};
  examined.question.everything = examined.evidence.everything = false;
  const auto outcome = outcome_of(examined, kPods);
  EXPECT_EQ(outcome.state, core::CheckState::not_checked);
  EXPECT_EQ(outcome.reason, "there is no Service to look at");
}

TEST(Outcomes, OfMetadataThatNobodyHasNothingIsSaidToBeFine) {
  Examined examined;
  examined.evidence.missing.erase(Source::metadata);
  for (auto& group : core::group_by_revision(examined.evidence.instances)) {
    examined.evidence.revisions.push_back({std::move(group), {}, {}, {}, {}});
  }
  const auto answers = outcome_of(examined, "every revision's MetadataService answers");
  EXPECT_EQ(answers.state, core::CheckState::not_checked);
  EXPECT_EQ(answers.reason, "the metadata of 0 of 1 revision is known");
  examined.evidence.revisions[0].info = core::MetadataInfo{"shop", "rev-a", {}};
  EXPECT_EQ(outcome_of(examined, "every revision's MetadataService answers").state,
            core::CheckState::fine);
}

// A pod whose registration names no MetadataService, which two checks would call MetadataFailed.
TEST(Outcomes, AFindingIsThatOfTheCheckThatFoundIt) {
  tests::RegistryBuilder registry;
  registry.pod(0).annotation =
      R"({"dubbo.metadata-service.url-params":"{","dubbo.metadata.revision":"rev-b"})";
  Examined examined(registry);
  examined.evidence.missing.erase(Source::metadata);
  const auto hosts = outcome_of(examined, "every MetadataService is registered at its own address");
  ASSERT_EQ(hosts.findings.size(), 1U);
  EXPECT_EQ(hosts.findings[0].code, core::FindingCode::metadata_failed);
  const auto answers = outcome_of(examined, "every revision's MetadataService answers");
  EXPECT_NE(answers.state, core::CheckState::failed);
  EXPECT_TRUE(answers.findings.empty());
}

}  // namespace
}  // namespace podreg::doctor
