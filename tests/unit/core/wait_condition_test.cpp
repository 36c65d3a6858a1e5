#include "core/wait_condition.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "tests/support/fake_registry_watch.h"

namespace podreg::core {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::shown_service;
using tests::ShownPod;

std::string missing(const std::string& condition, const std::vector<ShownPod>& pods,
                    const ProvidedInterfaces& provided = {}) {
  return WaitCondition::parse(condition).missing({picture_of(shown_service(pods).watched())},
                                                 "shop", provided);
}

std::string missing_without_service(const std::string& condition) {
  return WaitCondition::parse(condition).missing({}, "shop", {});
}

const ShownPod kGood{"good", "10.0.0.1"};
const ShownPod kNotReady{"not-ready", "10.0.0.2", "{}", false};
const ShownPod kUnregistered{"unregistered", "10.0.0.3", ""};
const ShownPod kInvalid{"invalid", "10.0.0.4", "{"};
const ShownPod kWithoutAddress{"without-address", "", "{}", true, false};
const ShownPod kTerminating{"terminating", "", "{}", true, false, true};

TEST(WaitCondition, CountsInstances) {
  EXPECT_EQ(missing("instances=1", {kGood}), "");
  EXPECT_EQ(missing("instances>=1", {kGood}), "");
  EXPECT_EQ(missing("instances>=0", {}), "");
  EXPECT_EQ(missing("instances=0", {kGood}), "there is 1 instance");
  EXPECT_EQ(missing("instances=2", {kGood}), "there is 1 instance");
  EXPECT_EQ(missing_without_service("instances=0"), "");
  EXPECT_EQ(missing_without_service("instances=1"), "there are 0 instances");
}

TEST(WaitCondition, SaysOfEachPodWhyItIsNoInstance) {
  const auto text = missing(
      "instances>=9", {kGood, kNotReady, kUnregistered, kInvalid, kWithoutAddress, kTerminating});
  EXPECT_THAT(text, HasSubstr("there is 1 instance"));
  EXPECT_THAT(text, HasSubstr(R"(pod "not-ready" is not ready)"));
  EXPECT_THAT(text, HasSubstr(R"(pod "unregistered" is not registered)"));
  EXPECT_THAT(text, HasSubstr(R"(pod "invalid" has metadata that cannot be read)"));
  EXPECT_THAT(text, HasSubstr(R"(pod "without-address" is not among the addresses)"));
  EXPECT_THAT(text, Not(HasSubstr("terminating")));
}

TEST(WaitCondition, NamesFivePodsAndCountsTheRest) {
  std::vector<ShownPod> pods;
  for (int i = 0; i < 8; ++i) pods.push_back({"p" + std::to_string(i), "", "{}", true, false});
  EXPECT_THAT(missing("ready", pods), HasSubstr(" and 3 more"));
}

TEST(WaitCondition, ReadyMeansThatEveryPodOfTheSelectorIsAnInstance) {
  EXPECT_EQ(missing("ready", {kGood}), "");
  EXPECT_EQ(missing("ready", {kGood, kTerminating}), "");
  EXPECT_EQ(missing("ready", {kGood, kNotReady}), R"(pod "not-ready" is not ready)");
  EXPECT_EQ(missing("ready", {}), "the selector has no pod");
  EXPECT_EQ(missing_without_service("ready"), "there is no Service \"shop\"");
}

TEST(WaitCondition, ARevisionIsThatOfAllInstances) {
  const ShownPod other{"other", "10.0.0.2", R"({"dubbo.metadata.revision":"r2"})"};
  const ShownPod none{"none", "10.0.0.2", "{}"};
  EXPECT_EQ(missing("revision=r1", {kGood}), "");
  EXPECT_EQ(missing("revision=r", {kGood, other}), "");  // the beginning is enough
  EXPECT_EQ(missing("revision=r1", {kGood, other}), R"(pod "other" has r2)");
  EXPECT_EQ(missing("revision=r1", {kGood, none}), R"(pod "none" has none)");
  EXPECT_EQ(missing("revision=r1", {}), "there are no instances");
}

TEST(WaitCondition, AnInterfaceIsProvidedByARevision) {
  EXPECT_EQ(missing("interface=a.B", {kGood}, {{"a.B"}, {}}), "");
  EXPECT_EQ(missing("interface=a.B", {kGood}, {{"a.B"}, {"r2"}}), "");
  EXPECT_EQ(missing("interface=a.C", {kGood}, {{"a.B"}, {}}), "only this is provided: a.B");
  EXPECT_EQ(missing("interface=a.C", {kGood}, {{}, {"r1"}}),
            "no interface is provided, and nobody answers for the revision r1");
}

TEST(WaitCondition, NoWarningsMeansWhatInstancesSays) {
  EXPECT_EQ(missing("no-warnings", {kGood}), "");
  EXPECT_THAT(missing("no-warnings", {kGood, kNotReady}), HasSubstr("is not ready"));
  EXPECT_EQ(missing_without_service("no-warnings"), "there is no Service \"shop\"");
}

TEST(WaitCondition, DeleteMeansThatTheServiceIsGone) {
  EXPECT_EQ(missing_without_service("delete"), "");
  EXPECT_EQ(missing("delete", {}), "Service \"shop\" exists");
}

TEST(WaitCondition, AnythingElseIsWrongUse) {
  for (const auto* text : {"", "instances", "instances=", "instances=x", "instances=-1",
                           "instances>=1x", "instances>3", "revision", "revision=", "interface=",
                           "ready=1", "Ready", "deleted", "no-warning"}) {
    try {
      WaitCondition::parse(text);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage) << text;
    }
  }
}

TEST(WaitCondition, EveryFormThatIsOfferedCanBeParsed) {
  for (const ConditionForm& form : condition_forms()) {
    const std::string text(form.text);
    EXPECT_NO_THROW(WaitCondition::parse(text.ends_with('=') ? text + "1" : text)) << text;
  }
}

}  // namespace
}  // namespace podreg::core
