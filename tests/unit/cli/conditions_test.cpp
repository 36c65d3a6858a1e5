// When `wait --for` and `watch --until` ask providers for what an interface= condition needs.
#include "cli/conditions.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <optional>

#include "cli/context.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_streams.h"
#include "tests/support/parsed_metadata.h"
#include "tests/support/raw_server.h"
#include "tests/unit/cli/dubbo_provider.h"

namespace podreg::cli {
namespace {

using testing::HasSubstr;
using tests::Peer;
using tests::RawServer;

const std::string kSilentRevision = "0123456789abcdef0123456789abcdef";
constexpr const char* kProvided = "interface=com.example.shop.OrderService";

core::Instance instance_of(const std::string& service, const std::string& pod,
                           const std::string& revision, int port) {
  core::Instance instance;
  instance.ns = "demo";
  instance.service_name = service;
  instance.host = "127.0.0.1";
  instance.pod = pod;
  instance.metadata = tests::parsed_metadata(
      fmt::format(R"({{"dubbo.metadata.revision":"{}","dubbo.metadata-service.url-params":)"
                  R"("{{\"port\":\"{}\",\"protocol\":\"dubbo\"}}"}})",
                  revision, port));
  return instance;
}

core::ServicePicture picture_of(std::vector<core::Instance> instances) {
  core::ServicePicture picture;
  picture.ns = instances.front().ns;
  picture.name = instances.front().service_name;
  picture.exists = true;
  picture.discovery.instances = std::move(instances);
  return picture;
}

class ConditionsOnProviders : public testing::Test {
 protected:
  ConditionsOnProviders() { reach_.via = "direct"; }
  Conditions conditions(const std::vector<std::string>& texts) {
    return {texts, reach_, context_, clock_};
  }
  core::ServicePicture silent(std::vector<std::string> pods = {"silent-0"}) const {
    std::vector<core::Instance> instances;
    for (const auto& pod : pods)
      instances.push_back(instance_of("silent", pod, kSilentRevision, silent_.port()));
    return picture_of(std::move(instances));
  }
  core::ServicePicture answering() const {
    return picture_of({instance_of("order", "order-0", recorded_revision(), answering_.port())});
  }

  const RawServer silent_{[](Peer&) {}};  // hangs up
  const RawServer answering_{[](Peer& peer) { serve_dubbo(peer, answer_as_recorded); }};
  tests::FakeClock clock_;

 private:
  ReachOptions reach_;
  const GlobalOptions options_;
  const k8s::Environment environment_{[](const std::string&) { return std::nullopt; }};
  tests::FakeStreams fake_{false};
  Context context_{options_, fake_.streams, environment_};
};

TEST_F(ConditionsOnProviders, WhoDoesNotAnswerIsAskedAgainThoughAnotherServiceAnswers) {
  auto waiting = conditions({kProvided});
  const auto missing = waiting.missing({silent(), answering()}, {"silent", "order"});
  EXPECT_EQ(missing,
            "Service \"silent\": no interface is provided, and nobody answers for the revision " +
                kSilentRevision);
  EXPECT_EQ(waiting.ask_again_at(), clock_.now + 1'000);
}

TEST_F(ConditionsOnProviders, SeveralConditionsAskOnceOnEachLook) {
  auto waiting = conditions({kProvided, "interface=x.A"});
  EXPECT_THAT(waiting.missing({silent()}, {"silent"}), HasSubstr("interface=x.A: no interface"));
  EXPECT_EQ(silent_.connections(), 1);
  EXPECT_EQ(waiting.ask_again_at(), clock_.now + 1'000);
}

TEST_F(ConditionsOnProviders, WhoDidNotAnswerIsLeftAloneForAWhileThatGrows) {
  auto waiting = conditions({kProvided});
  const core::RegistryPicture picture{silent(), answering()};
  const auto look = [&] { waiting.missing(picture, {"silent", "order"}); };
  look();
  clock_.now += 999;
  look();
  EXPECT_EQ(silent_.connections(), 1);
  EXPECT_EQ(waiting.ask_again_at(), clock_.now + 1);
  clock_.now += 1;
  look();
  EXPECT_EQ(silent_.connections(), 2);
  EXPECT_EQ(waiting.ask_again_at(), clock_.now + 2'000);
  EXPECT_EQ(answering_.connections(), 1);
}

TEST_F(ConditionsOnProviders, ANewInstanceOfARevisionIsAskedAtOnce) {
  auto waiting = conditions({kProvided});
  waiting.missing({silent()}, {"silent"});
  const auto before = silent_.connections();
  waiting.missing({silent({"silent-0", "silent-1"})}, {"silent"});
  EXPECT_GT(silent_.connections(), before);
}

TEST_F(ConditionsOnProviders, APodThatRegistersAnewIsAskedAtOnce) {
  auto waiting = conditions({kProvided});
  waiting.missing({silent()}, {"silent"});
  const auto anew = instance_of("silent", "silent-0", kSilentRevision, answering_.port());
  waiting.missing({picture_of({anew})}, {"silent"});
  EXPECT_EQ(answering_.connections(), 1);
}

TEST_F(ConditionsOnProviders, OtherConditionsAskNobody) {
  auto waiting = conditions({"instances=1"});
  EXPECT_EQ(waiting.missing({silent()}, {"silent"}), "");
  EXPECT_EQ(silent_.connections(), 0);
  EXPECT_EQ(waiting.ask_again_at(), std::nullopt);
}

TEST_F(ConditionsOnProviders, NobodyIsAskedAgainWhenTheSilentAreGone) {
  auto waiting = conditions({kProvided});
  waiting.missing({silent(), answering()}, {"order"});
  EXPECT_EQ(waiting.missing({answering()}, {"order"}), "");
  EXPECT_EQ(waiting.ask_again_at(), std::nullopt);
}

}  // namespace
}  // namespace podreg::cli
