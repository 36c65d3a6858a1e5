#include "core/registrar.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "core/error.h"
#include "tests/support/fake_cluster.h"

namespace podreg::core {
namespace {

using ::testing::AllOf;
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
    cluster_.writable =
        Pod{"demo", "shop-0", "1", {{"app", "shop"}}, "Running", false, true, std::nullopt};
    ServiceState state{
        .ns = "demo", .name = "shop", .service = {}, .endpoints = {}, .slice_addresses = {}};
    state.service = Service{"demo", "shop", "ClusterIP", {{"app", "shop"}}, {}};
    cluster_.states = {state};
    input_.entries = {{"a", "1"}};
    input_.revision = "r1";
  }

  Registrar registrar() {
    return {cluster_, clock_, [] { return 1.0; }, options_};
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

  FakeCluster cluster_;
  FakeClock clock_;
  RegistrarOptions options_;
  RegistrationInput input_;
};

TEST_F(RegistrarTest, RegistersWithTheVersionThatWasRead) {
  const auto result = registrar().register_pod("demo", "shop-0", input_);
  EXPECT_EQ(result.action, RegistrationAction::registered);
  EXPECT_EQ(result.resource_version, "2");
  EXPECT_EQ(cluster_.writable->annotation, to_annotation(result.metadata));
  EXPECT_THAT(result.warnings, IsEmpty());
}

TEST_F(RegistrarTest, ReadsAndMergesAgainAfterAConflict) {
  cluster_.conflicts = 3;
  cluster_.on_conflict = [](Pod& pod) { pod.annotation = R"({"theirs":"1"})"; };
  const auto result = registrar().update_pod("demo", "shop-0", input_);
  EXPECT_EQ(result.action, RegistrationAction::updated);
  EXPECT_EQ(value_of(result.metadata, "theirs"), "1");
  EXPECT_EQ(value_of(result.metadata, "a"), "1");
  EXPECT_EQ(clock_.slept.size(), 3U);
  EXPECT_LT(clock_.slept[0], clock_.slept[2]);
}

TEST_F(RegistrarTest, GivesUpAfterTenConflicts) {
  cluster_.conflicts = 100;
  const auto error = error_of([&] { registrar().register_pod("demo", "shop-0", input_); });
  EXPECT_EQ(error.kind(), ErrorKind::conflict);
  EXPECT_THAT(error.what(), HasSubstr("10 attempts"));
  EXPECT_EQ(clock_.slept.size(), 9U);
}

TEST_F(RegistrarTest, WritesNothingWhenOnlyTheTimestampWouldChange) {
  cluster_.writable->annotation = R"({"a":"1","dubbo.metadata.revision":"r1","timestamp":"5"})";
  const auto result = registrar().update_pod("demo", "shop-0", input_);
  EXPECT_EQ(result.action, RegistrationAction::unchanged);
  EXPECT_EQ(result.resource_version, "1");
  options_.refresh_timestamp = true;
  EXPECT_EQ(registrar().update_pod("demo", "shop-0", input_).action, RegistrationAction::updated);
  EXPECT_THAT(*cluster_.writable->annotation, HasSubstr("\"1000\""));
}

TEST_F(RegistrarTest, UpdateOfAPodThatIsNotRegisteredRegisters) {
  EXPECT_EQ(registrar().update_pod("demo", "shop-0", input_).action,
            RegistrationAction::registered);
}

TEST_F(RegistrarTest, UpdateWithoutContentDoesNotBringBackWhatWasUnregistered) {
  options_.refresh_timestamp = true;
  input_ = {};
  input_.unset = {"a"};
  for (const auto& nothing : {std::optional<std::string>(), std::optional<std::string>("")}) {
    cluster_.writable->annotation = nothing;
    const auto result = registrar().update_pod("demo", "shop-0", input_);
    EXPECT_EQ(result.action, RegistrationAction::absent);
    EXPECT_EQ(cluster_.writable->annotation, nothing);
    ASSERT_EQ(result.warnings.size(), 1U);
    EXPECT_EQ(result.warnings[0].code, WarningCode::not_registered);
  }
}

TEST_F(RegistrarTest, UpdateSaysWhichValuesBecomeStrings) {
  cluster_.writable->annotation = R"({"n":1,"z":null,"o":{"x":1},"a":2,"y":null,"s":"t"})";
  input_.entries = {{"a", "1"}, {"y", "1"}};
  const auto result = registrar().update_pod("demo", "shop-0", input_);
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_EQ(result.warnings[0].code, WarningCode::values_rewritten);
  EXPECT_EQ(result.warnings[0].detail, R"("n", "o", "z" (null, left out))");
}

TEST_F(RegistrarTest, UpdateOfWhatIsRegisteredBadlyNamesThePodAndTheRemedy) {
  cluster_.writable->annotation = R"({"dubbo.endpoints":"bad"})";
  const auto error = error_of([&] { registrar().update_pod("demo", "shop-0", input_); });
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), AllOf(HasSubstr("\"shop-0\""), HasSubstr("dubbo.endpoints")));
  EXPECT_THAT(error.hint(), AllOf(HasSubstr("--unset"), HasSubstr("--set")));
  input_.unset = {"dubbo.endpoints"};
  EXPECT_EQ(registrar().update_pod("demo", "shop-0", input_).action, RegistrationAction::updated);
}

TEST_F(RegistrarTest, UpdateDoesNotOverwriteWhatItCannotRead) {
  cluster_.writable->annotation = "{not json";
  EXPECT_EQ(error_of([&] { registrar().update_pod("demo", "shop-0", input_); }).kind(),
            ErrorKind::invalid_data);
  EXPECT_EQ(cluster_.writable->annotation, "{not json");
}

TEST_F(RegistrarTest, SaysTheRevisionBeforeTheChange) {
  cluster_.writable->annotation = R"({"dubbo.metadata.revision":"r0"})";
  EXPECT_EQ(registrar().update_pod("demo", "shop-0", input_).old_revision, "r0");
}

TEST_F(RegistrarTest, UnregistersAndSaysWhenThereIsNothing) {
  cluster_.writable->annotation = "{}";
  EXPECT_EQ(registrar().unregister_pod("demo", "shop-0").action, RegistrationAction::unregistered);
  EXPECT_EQ(cluster_.writable->annotation, std::nullopt);
  EXPECT_EQ(registrar().unregister_pod("demo", "shop-0").action, RegistrationAction::absent);
}

TEST_F(RegistrarTest, WithoutOverwriteARegisteredPodIsAConflict) {
  options_.overwrite = false;
  cluster_.writable->annotation = "{}";
  EXPECT_EQ(error_of([&] { registrar().register_pod("demo", "shop-0", input_); }).kind(),
            ErrorKind::conflict);
  EXPECT_THAT(clock_.slept, IsEmpty());
  EXPECT_EQ(cluster_.writable->annotation, "{}");
}

TEST_F(RegistrarTest, AnotherResourceVersionIsAConflictAtOnce) {
  options_.resource_version = "9";
  EXPECT_EQ(error_of([&] { registrar().register_pod("demo", "shop-0", input_); }).kind(),
            ErrorKind::conflict);
  EXPECT_THAT(clock_.slept, IsEmpty());
}

TEST_F(RegistrarTest, APodWithoutAResourceVersionHasNotTheOneThatIsWanted) {
  options_.resource_version = "5";
  cluster_.writable->resource_version = "";
  const auto error = error_of([&] { registrar().register_pod("demo", "shop-0", input_); });
  EXPECT_THAT(error.what(), HasSubstr("has no resourceVersion, not 5"));
}

TEST_F(RegistrarTest, APodThatIsNotThereIsNotFound) {
  EXPECT_EQ(error_of([&] { registrar().register_pod("demo", "other", input_); }).kind(),
            ErrorKind::not_found);
}

TEST_F(RegistrarTest, ADryRunOfTheClientWritesNothing) {
  options_.write.dry_run = DryRun::client;
  const auto result = registrar().register_pod("demo", "shop-0", input_);
  EXPECT_EQ(result.action, RegistrationAction::registered);
  EXPECT_EQ(cluster_.writable->annotation, std::nullopt);
}

TEST_F(RegistrarTest, RefusesWhatKubernetesWouldNotTake) {
  input_.entries = {{"big", std::string(300'000, 'x')}};
  EXPECT_EQ(error_of([&] { registrar().register_pod("demo", "shop-0", input_); }).kind(),
            ErrorKind::invalid_data);
}

TEST_F(RegistrarTest, WarnsOfWhatConsumersWillNotSee) {
  cluster_.states.clear();
  cluster_.writable->terminating = true;
  cluster_.writable->phase = "Succeeded";
  input_.entries = {{"dubbo.metadata.storage-type", "remote"}};
  input_.revision.reset();
  std::vector<WarningCode> codes;
  for (const auto& warning : registrar().register_pod("demo", "shop-0", input_).warnings)
    codes.push_back(warning.code);
  EXPECT_THAT(codes, ElementsAre(WarningCode::metadata_storage_remote, WarningCode::no_revision,
                                 WarningCode::pod_terminating, WarningCode::pod_finished,
                                 WarningCode::pod_without_service));
}

TEST_F(RegistrarTest, WarnsAgainWhenNothingIsToBeChanged) {
  cluster_.states.clear();
  registrar().update_pod("demo", "shop-0", input_);
  const auto again = registrar().update_pod("demo", "shop-0", input_);
  EXPECT_EQ(again.action, RegistrationAction::unchanged);
  ASSERT_EQ(again.warnings.size(), 1U);
  EXPECT_EQ(again.warnings[0].code, WarningCode::pod_without_service);
}

TEST_F(RegistrarTest, AsksForTheServicesOnceForAllPods) {
  auto all = registrar();
  for (const char* name : {"shop-0", "shop-1", "shop-2"}) {
    cluster_.writable->name = name;
    EXPECT_THAT(all.register_pod("demo", name, input_).warnings, IsEmpty());
  }
  EXPECT_EQ(std::ranges::count(cluster_.requests, "services demo/*"), 1);
  cluster_.writable->labels.clear();
  EXPECT_EQ(all.register_pod("demo", "shop-2", input_).warnings.size(), 1U);
}

TEST_F(RegistrarTest, WhoMayOnlyPatchPodsIsNotToldAboutServices) {
  cluster_.services_error = Error(ErrorKind::not_allowed, "no");
  EXPECT_THAT(registrar().register_pod("demo", "shop-0", input_).warnings, IsEmpty());
}

TEST_F(RegistrarTest, AChangeThatWasMadeHasNotFailedBecauseOfAWarning) {
  cluster_.services_error = Error(ErrorKind::unreachable, "no");
  EXPECT_EQ(registrar().register_pod("demo", "shop-0", input_).action,
            RegistrationAction::registered);
}

TEST_F(RegistrarTest, AServiceWithoutASelectorHasThePodsThatItsEndpointsName) {
  cluster_.states[0].service->selector = {};
  const auto code_of = [&] {
    const auto warnings = registrar().register_pod("demo", "shop-0", input_).warnings;
    return warnings.empty() ? std::nullopt : std::optional(warnings[0].code);
  };
  EXPECT_EQ(code_of(), WarningCode::pod_without_service);
  cluster_.states[0].endpoints =
      Endpoints{"demo", "shop", {{{}, {{"10.0.0.1", "shop-0", ""}}, {}}}, false};
  EXPECT_EQ(code_of(), std::nullopt);
}

TEST_F(RegistrarTest, ATimestampThatTheUserGaveIsKept) {
  cluster_.writable->annotation = R"({"a":"1","dubbo.metadata.revision":"r1","timestamp":"5"})";
  input_.entries.emplace_back("timestamp", "7");
  const auto result = registrar().update_pod("demo", "shop-0", input_);
  EXPECT_EQ(result.action, RegistrationAction::updated);
  EXPECT_EQ(value_of(result.metadata, "timestamp"), "7");
  EXPECT_EQ(registrar().update_pod("demo", "shop-0", input_).action, RegistrationAction::unchanged);
}

}  // namespace
}  // namespace podreg::core
