#include "core/registrar.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "tests/support/fake_cluster.h"

namespace podreg::core {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using tests::FakeCluster;

class FakeClock : public Clock {
 public:
  std::int64_t now_milliseconds() override { return 1000; }
  void sleep(std::chrono::milliseconds time) override { slept.push_back(time); }
  std::vector<std::chrono::milliseconds> slept;
};

class RegistrarTest : public ::testing::Test {
 protected:
  RegistrarTest() {
    cluster.writable =
        Pod{"demo", "shop-0", "1", {{"app", "shop"}}, "Running", false, true, std::nullopt};
    ServiceState state{
        .ns = "demo", .name = "shop", .service = {}, .endpoints = {}, .slice_addresses = {}};
    state.service = Service{"demo", "shop", "ClusterIP", {{"app", "shop"}}, {}};
    cluster.states = {state};
    input.entries = {{"a", "1"}};
    input.revision = "r1";
  }

  Registrar registrar() {
    return {cluster, clock, [] { return 1.0; }, options};
  }

  template <typename Call>
  Error error_of(Call call) {
    try {
      call();
    } catch (const Error& error) {
      return error;
    }
    return {ErrorKind::output, "no error"};
  }

  FakeCluster cluster;
  FakeClock clock;
  RegistrarOptions options;
  RegistrationInput input;
};

TEST_F(RegistrarTest, RegistersWithTheVersionThatWasRead) {
  const auto result = registrar().register_pod("demo", "shop-0", input);
  EXPECT_EQ(result.action, RegistrationAction::registered);
  EXPECT_EQ(result.resource_version, "2");
  EXPECT_EQ(cluster.writable->annotation, to_annotation(result.metadata));
  EXPECT_THAT(result.warnings, IsEmpty());
}

TEST_F(RegistrarTest, ReadsAndMergesAgainAfterAConflict) {
  cluster.conflicts = 3;
  cluster.on_conflict = [](Pod& pod) { pod.annotation = R"({"theirs":"1"})"; };
  const auto result = registrar().update_pod("demo", "shop-0", input);
  EXPECT_EQ(result.action, RegistrationAction::updated);
  EXPECT_EQ(value_of(result.metadata, "theirs"), "1");
  EXPECT_EQ(value_of(result.metadata, "a"), "1");
  EXPECT_EQ(clock.slept.size(), 3U);
  EXPECT_LT(clock.slept[0], clock.slept[2]);
}

TEST_F(RegistrarTest, GivesUpAfterTenConflicts) {
  cluster.conflicts = 100;
  const auto error = error_of([&] { registrar().register_pod("demo", "shop-0", input); });
  EXPECT_EQ(error.kind(), ErrorKind::conflict);
  EXPECT_THAT(error.what(), HasSubstr("10 attempts"));
  EXPECT_EQ(clock.slept.size(), 9U);
}

TEST_F(RegistrarTest, WritesNothingWhenOnlyTheTimestampWouldChange) {
  cluster.writable->annotation = R"({"a":"1","dubbo.metadata.revision":"r1","timestamp":"5"})";
  const auto result = registrar().update_pod("demo", "shop-0", input);
  EXPECT_EQ(result.action, RegistrationAction::unchanged);
  EXPECT_EQ(result.resource_version, "1");
  options.refresh_timestamp = true;
  EXPECT_EQ(registrar().update_pod("demo", "shop-0", input).action, RegistrationAction::updated);
  EXPECT_THAT(*cluster.writable->annotation, HasSubstr("\"1000\""));
}

TEST_F(RegistrarTest, UpdateOfAPodThatIsNotRegisteredRegisters) {
  EXPECT_EQ(registrar().update_pod("demo", "shop-0", input).action, RegistrationAction::registered);
}

TEST_F(RegistrarTest, UpdateDoesNotOverwriteWhatItCannotRead) {
  cluster.writable->annotation = "{not json";
  EXPECT_EQ(error_of([&] { registrar().update_pod("demo", "shop-0", input); }).kind(),
            ErrorKind::invalid_data);
  EXPECT_EQ(cluster.writable->annotation, "{not json");
}

TEST_F(RegistrarTest, SaysTheRevisionBeforeTheChange) {
  cluster.writable->annotation = R"({"dubbo.metadata.revision":"r0"})";
  EXPECT_EQ(registrar().update_pod("demo", "shop-0", input).old_revision, "r0");
}

TEST_F(RegistrarTest, UnregistersAndSaysWhenThereIsNothing) {
  cluster.writable->annotation = "{}";
  EXPECT_EQ(registrar().unregister_pod("demo", "shop-0").action, RegistrationAction::unregistered);
  EXPECT_EQ(cluster.writable->annotation, std::nullopt);
  EXPECT_EQ(registrar().unregister_pod("demo", "shop-0").action, RegistrationAction::absent);
}

TEST_F(RegistrarTest, WithoutOverwriteARegisteredPodIsAConflict) {
  options.overwrite = false;
  cluster.writable->annotation = "{}";
  EXPECT_EQ(error_of([&] { registrar().register_pod("demo", "shop-0", input); }).kind(),
            ErrorKind::conflict);
  EXPECT_THAT(clock.slept, IsEmpty());
  EXPECT_EQ(cluster.writable->annotation, "{}");
}

TEST_F(RegistrarTest, AnotherResourceVersionIsAConflictAtOnce) {
  options.resource_version = "9";
  EXPECT_EQ(error_of([&] { registrar().register_pod("demo", "shop-0", input); }).kind(),
            ErrorKind::conflict);
  EXPECT_THAT(clock.slept, IsEmpty());
}

TEST_F(RegistrarTest, APodThatIsNotThereIsNotFound) {
  EXPECT_EQ(error_of([&] { registrar().register_pod("demo", "other", input); }).kind(),
            ErrorKind::not_found);
}

TEST_F(RegistrarTest, ADryRunOfTheClientWritesNothing) {
  options.write.dry_run = DryRun::client;
  const auto result = registrar().register_pod("demo", "shop-0", input);
  EXPECT_EQ(result.action, RegistrationAction::registered);
  EXPECT_EQ(cluster.writable->annotation, std::nullopt);
}

TEST_F(RegistrarTest, RefusesWhatKubernetesWouldNotTake) {
  input.entries = {{"big", std::string(300'000, 'x')}};
  EXPECT_EQ(error_of([&] { registrar().register_pod("demo", "shop-0", input); }).kind(),
            ErrorKind::invalid_data);
}

TEST_F(RegistrarTest, WarnsOfWhatConsumersWillNotSee) {
  cluster.states.clear();
  cluster.writable->terminating = true;
  cluster.writable->phase = "Succeeded";
  input.entries = {{"dubbo.metadata.storage-type", "remote"}};
  input.revision.reset();
  std::vector<WarningCode> codes;
  for (const auto& warning : registrar().register_pod("demo", "shop-0", input).warnings)
    codes.push_back(warning.code);
  EXPECT_THAT(codes, ElementsAre(WarningCode::metadata_storage_remote, WarningCode::no_revision,
                                 WarningCode::pod_terminating, WarningCode::pod_finished,
                                 WarningCode::pod_without_service));
}

TEST_F(RegistrarTest, WhoMayOnlyPatchPodsIsNotToldAboutServices) {
  cluster.services_error = Error(ErrorKind::not_allowed, "no");
  EXPECT_THAT(registrar().register_pod("demo", "shop-0", input).warnings, IsEmpty());
}

}  // namespace
}  // namespace podreg::core
