#include "rpc/metadata_gathering.h"

#include <gmock/gmock.h>

#include <mutex>
#include <set>

#include "core/error.h"
#include "tests/support/metadata_info_check.h"
#include "tests/support/parsed_metadata.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg::rpc {
namespace {

using core::Error;
using core::ErrorKind;
using core::Instance;
using core::WarningCode;
using testing::HasSubstr;

core::MetadataInfo shop() {
  core::MetadataInfo info;
  info.app = "shop";
  core::ServiceInfo service;
  service.name = "x.A";
  service.protocol = "dubbo";
  info.services.emplace(service.match_key(), service);
  info.revision = info.compute_revision();
  return info;
}

Instance instance(const std::string& pod, const std::string& revision,
                  const std::string& more = "") {
  Instance result;
  result.service_name = "shop";
  result.ns = "demo";
  result.host = "10.0.0." + std::to_string(pod.size());
  result.pod = pod;
  result.port = 20880;
  result.metadata =
      tests::parsed_metadata("{\"dubbo.metadata.revision\":\"" + revision + "\"" + more + "}");
  return result;
}

// Answers with shop(), but not for the pods that are down.
class FakeSource final : public core::MetadataSource {
 public:
  Answer ask(const Instance& instance, core::Deadline /*deadline*/) override {
    const std::lock_guard lock(mutex_);
    asked.push_back(instance.pod);
    if (unreached.contains(instance.pod)) {
      throw core::NotAsked({ErrorKind::unreachable, "no way there", "go another way"});
    }
    if (bad.contains(instance.pod)) throw Error(ErrorKind::invalid_data, "is garbage");
    if (down.contains(instance.pod)) throw Error(kind, "is down");
    if (starting.erase(instance.pod) > 0) {
      throw Error(ErrorKind::invalid_data,
                  "the provider answered \"bad request (40)\": Fail to decode request due to: …");
    }
    return {info, "fake"};
  }

  std::set<std::string> unreached;
  std::set<std::string> down;
  std::set<std::string> bad;       // and answers what cannot be read
  std::set<std::string> starting;  // fails at the first request
  ErrorKind kind = ErrorKind::unreachable;
  core::MetadataInfo info = shop();
  std::vector<std::string> asked;

 private:
  std::mutex mutex_;
};

TEST(GatherMetadata, OneInstanceOfEachRevisionIsAsked) {
  FakeSource source;
  const auto revision = shop().revision;
  const auto groups = core::group_by_revision(
      {instance("a", revision), instance("bb", revision), instance("ccc", "0"), instance("d", "")});
  ASSERT_EQ(groups.size(), 1U);
  const auto result = gather_metadata(source, groups, {});
  ASSERT_EQ(result.revisions.size(), 1U);
  EXPECT_EQ(result.revisions[0].info->app, "shop");
  EXPECT_EQ(result.revisions[0].computed_revision, revision);
  EXPECT_EQ(result.revisions[0].source, "fake");
  EXPECT_EQ(source.asked.size(), 1U);
  EXPECT_TRUE(result.warnings.empty());
}

TEST(GatherMetadata, AnotherInstanceIsAskedWhenOneFailsAndTheWarningNamesIt) {
  FakeSource source;
  source.down = {"a", "bb"};
  const auto revision = shop().revision;
  const auto groups = core::group_by_revision(
      {instance("a", revision), instance("bb", revision), instance("ccc", revision)});
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    GatheringOptions options;
    options.seed = seed;
    const auto result = gather_metadata(source, groups, options);
    EXPECT_TRUE(result.revisions[0].info);
    for (const auto& warning : result.warnings) {
      EXPECT_EQ(warning.code, WarningCode::metadata_answered_by_another);
      EXPECT_TRUE(source.down.contains(warning.pod));
    }
  }
}

TEST(GatherMetadata, WhoFailsAtTheFirstRequestsOfAllIsAskedOnceMore) {
  FakeSource source;
  source.starting = {"a"};
  const auto groups = core::group_by_revision({instance("a", shop().revision)});
  const auto result = gather_metadata(source, groups, {});
  EXPECT_TRUE(result.revisions[0].info);
  EXPECT_TRUE(result.warnings.empty());
  EXPECT_EQ(source.asked.size(), 2U);
}

TEST(GatherMetadata, ThreeAreAskedAtMostAndThenTheRevisionHasNone) {
  FakeSource source;
  std::vector<Instance> instances;
  for (const char* pod : {"a", "bb", "ccc", "dddd", "eeeee"}) {
    instances.push_back(instance(pod, "r1"));
    source.down.insert(pod);
  }
  const auto result = gather_metadata(source, core::group_by_revision(instances), {});
  EXPECT_EQ(source.asked.size(), 3U);
  EXPECT_FALSE(result.revisions[0].info);
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_EQ(result.warnings[0].code, WarningCode::metadata_not_answered);
  EXPECT_EQ(result.warnings[0].detail, "revision r1, 3 tried: is down");
}

TEST(GatherMetadata, WhoeverWasNotAskedIsSaidToBeAndSaysLessThanAnybodyWhoWas) {
  FakeSource source;
  source.unreached = {"a", "bb"};
  const auto gather = [&] {
    return gather_metadata(
        source, core::group_by_revision({instance("a", "r1"), instance("bb", "r1")}), {});
  };
  const auto unreached = gather();
  ASSERT_EQ(unreached.warnings.size(), 1U);
  EXPECT_EQ(unreached.warnings[0].code, WarningCode::metadata_not_asked);
  EXPECT_EQ(unreached.warnings[0].detail, "revision r1: no way there");
  EXPECT_THAT(core::nobody_answered(unreached.revisions)->what(),
              HasSubstr("no instance could be asked for the MetadataInfo of revision r1: "));
  EXPECT_EQ(core::nobody_answered(unreached.revisions)->hint(), "go another way");

  source.unreached = {"bb"};
  source.down = {"a"};
  const auto down = gather();
  ASSERT_EQ(down.warnings.size(), 1U);
  EXPECT_EQ(down.warnings[0].code, WarningCode::metadata_not_answered);
  EXPECT_EQ(down.warnings[0].detail, "revision r1, 2 tried: is down");
}

TEST(GatherMetadata, WhenNobodyAnsweredAtAllThatIsTheOutcomeAndABadAnswerSaysMoreThanNone) {
  FakeSource source;
  source.down = {"a", "bb"};
  const auto revision = shop().revision;
  const std::vector<Instance> silent = {instance("a", revision), instance("bb", "r2")};
  const auto outcome = [&](const std::vector<Instance>& instances) {
    return core::nobody_answered(
        gather_metadata(source, core::group_by_revision(instances), {}).revisions);
  };
  ASSERT_TRUE(outcome(silent));
  EXPECT_EQ(outcome(silent)->kind(), ErrorKind::unreachable);
  EXPECT_EQ(std::string(outcome(silent)->what()),
            "no instance answered for the MetadataInfo of any of 2 revisions: pod \"a\": is down");
  source.bad = {"bb"};
  EXPECT_EQ(outcome(silent)->kind(), ErrorKind::invalid_data);
  EXPECT_THAT(outcome(silent)->what(), HasSubstr("pod \"bb\": is garbage"));
  EXPECT_FALSE(outcome({instance("a", "r2"), instance("ccc", revision)}));
  EXPECT_FALSE(outcome({}));
}

TEST(GatherMetadata, AnAnswerThatDoesNotFitItsRevisionIsAWarning) {
  FakeSource source;
  const auto announced = core::group_by_revision({instance("a", "other")});
  auto result = gather_metadata(source, announced, {});
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_EQ(result.warnings[0].code, WarningCode::metadata_revision_differs);

  source.info.revision = "other";
  result = gather_metadata(source, announced, {});
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_EQ(result.warnings[0].code, WarningCode::metadata_not_its_revision);
  EXPECT_THAT(core::message(result.warnings[0]), HasSubstr("has another MD5 than its revision"));
}

TEST(GatherMetadata, WhatAFileGivesIsNotSaidToBeAPodsAnswer) {
  FakeSource source;
  GatheringOptions options;
  options.known.emplace("other", shop());
  options.known.at("other").revision = "other";
  const auto result =
      gather_metadata(source, core::group_by_revision({instance("a", "other")}), options);
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_EQ(result.warnings[0].code, WarningCode::metadata_file_not_its_revision);
  EXPECT_THAT(core::message(result.warnings[0]), HasSubstr("that --metadata-file gives"));
}

TEST(GatherMetadata, AnotherApplicationThanTheServiceIsOneWarningOfTheRevision) {
  FakeSource source;
  source.info.app = "store";
  source.info.revision = source.info.compute_revision();
  const auto groups = core::group_by_revision(
      {instance("a", source.info.revision), instance("bb", source.info.revision)});
  const auto result = gather_metadata(source, groups, {});
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_EQ(result.warnings[0].code, WarningCode::application_name_differs);
  EXPECT_THAT(result.warnings[0].detail, HasSubstr("\"store\""));
}

TEST(GatherMetadata, AServiceOfWhichNoUrlCanBeMadeIsAWarning) {
  FakeSource source;
  core::ServiceInfo nameless;
  nameless.protocol = "dubbo";
  source.info.services.emplace(":dubbo", nameless);
  source.info.revision = source.info.compute_revision();
  const auto result =
      gather_metadata(source, core::group_by_revision({instance("a", source.info.revision)}), {});
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_EQ(result.warnings[0].code, WarningCode::service_without_url);
  EXPECT_EQ(result.warnings[0].detail, "\":dubbo\"");
  EXPECT_EQ(result.warnings[0].pod, "a");
}

TEST(GatherMetadata, WhatIsInAMetadataCenterIsNotAskedFor) {
  FakeSource source;
  const auto result = gather_metadata(
      source,
      core::group_by_revision({instance("a", "r1", R"(,"dubbo.metadata.storage-type":"remote")")}),
      {});
  EXPECT_TRUE(source.asked.empty());
  EXPECT_EQ(result.warnings.at(0).code, WarningCode::metadata_in_center);
}

TEST(GatherMetadata, WhoMayNotAskIsToldSoInPlaceOfAResult) {
  FakeSource source;
  source.down = {"a"};
  source.kind = ErrorKind::not_allowed;
  EXPECT_THROW(gather_metadata(source, core::group_by_revision({instance("a", "r1")}), {}), Error);
}

TEST(GatherMetadata, WhatTheCacheHasIsNotAskedFor) {
  const tests::TemporaryFolder folder;
  MetadataCache cache(folder.path());
  GatheringOptions options;
  options.cache = &cache;
  FakeSource source;
  const auto groups = core::group_by_revision({instance("a", shop().revision)});
  gather_metadata(source, groups, options);
  const auto again = gather_metadata(source, groups, options);
  EXPECT_EQ(source.asked.size(), 1U);
  ASSERT_TRUE(again.revisions[0].info);
  tests::expect_same(*again.revisions[0].info, tests::without_parameters(shop()));
  EXPECT_EQ(again.revisions[0].computed_revision, shop().revision);
  EXPECT_EQ(again.revisions[0].source, "cache");
}

TEST(GatherMetadata, AnAnswerThatIsNotItsRevisionIsAskedForAgain) {
  const tests::TemporaryFolder folder;
  MetadataCache cache(folder.path());
  GatheringOptions options;
  options.cache = &cache;
  FakeSource source;
  const auto groups = core::group_by_revision({instance("a", "0123456789abcdef0123456789abcdef")});
  gather_metadata(source, groups, options);
  gather_metadata(source, groups, options);
  EXPECT_EQ(source.asked.size(), 2U);
}

TEST(GatherMetadata, ManyRevisionsKeepTheirOrderAndTellTheirProgress) {
  FakeSource source;
  std::vector<Instance> instances;
  for (int i = 0; i < 100; ++i) {
    instances.push_back(instance("pod-" + std::to_string(i), "r" + std::to_string(i)));
  }
  GatheringOptions options;
  std::vector<Tally> progress;
  options.on_progress = [&](const Tally& tally) { progress.push_back(tally); };
  const auto groups = core::group_by_revision(instances);
  const auto result = gather_metadata(source, groups, options);
  ASSERT_EQ(result.revisions.size(), 100U);
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(result.revisions[i].group.revision, "r" + std::to_string(i));
    EXPECT_EQ(progress[i], (Tally{100, i, 0}));
  }
}

}  // namespace
}  // namespace podreg::rpc
