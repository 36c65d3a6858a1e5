#include "core/instance_changes.h"

#include <gmock/gmock.h>

#include "tests/support/fake_registry_watch.h"

namespace podreg::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::shown_service;
using tests::ShownPod;

RegistryPicture picture(const std::vector<ShownPod>& pods) {
  return {picture_of(shown_service(pods).watched())};
}

std::vector<std::string> described(const std::vector<RegistryChange>& changes) {
  std::vector<std::string> texts;
  for (const auto& change : changes) {
    const bool is_warning =
        change.type == ChangeType::warning || change.type == ChangeType::cleared;
    texts.push_back(std::string(to_string(change.type)) + " " +
                    (is_warning
                         ? std::string(to_string(change.warning->code)) + " " + change.warning->pod
                         : change.instance->host + " " + change.instance->pod));
  }
  return texts;
}

std::vector<std::string> described(const RegistryPicture& before, const RegistryPicture& after) {
  return described(changes_between(before, after));
}

TEST(InstanceChanges, BetweenTheSamePicturesThereAreNone) {
  const std::vector<ShownPod> pods = {{"a", "10.0.0.1"}, {"b", "10.0.0.2", "", true}};
  EXPECT_THAT(described(picture(pods), picture(pods)), IsEmpty());
}

TEST(InstanceChanges, ThePicturesOfNothingAndOfSomethingDifferByAllOfIt) {
  const auto some = picture({{"b", "10.0.0.10"}, {"a", "10.0.0.9"}, {"c", "10.0.0.3", ""}});
  EXPECT_THAT(described({}, some),
              ElementsAre("ADDED 10.0.0.9 a", "ADDED 10.0.0.10 b", "WARNING PodWithoutMetadata c"));
  EXPECT_THAT(described(some, {}), ElementsAre("DELETED 10.0.0.9 a", "DELETED 10.0.0.10 b",
                                               "CLEARED PodWithoutMetadata c"));
}

TEST(InstanceChanges, AnotherPodBehindTheSameAddressIsAnotherInstance) {
  EXPECT_THAT(described(picture({{"a", "10.0.0.1"}}), picture({{"b", "10.0.0.1"}})),
              ElementsAre("DELETED 10.0.0.1 a", "ADDED 10.0.0.1 b"));
}

TEST(InstanceChanges, AModificationSaysWhatHasChanged) {
  const auto before =
      picture({{"a", "10.0.0.1", R"({"dubbo.metadata.revision":"r1","weight":"1","zone":"z"})"}});
  const auto after =
      picture({{"a", "10.0.0.1", R"({"weight":"2","dubbo.metadata.revision":"r1","x":""})"}});
  const auto changes = changes_between(before, after);
  ASSERT_THAT(described(changes), ElementsAre("MODIFIED 10.0.0.1 a"));
  EXPECT_THAT(changes.front().values,
              ElementsAre(ValueChange{"weight", "1", "2"}, ValueChange{"x", std::nullopt, ""},
                          ValueChange{"zone", "z", std::nullopt}));
  EXPECT_EQ(changes.front().instance->metadata->find("weight"), "2");
}

TEST(InstanceChanges, TheOrderOfTheKeysIsNoChange) {
  EXPECT_THAT(described(picture({{"a", "10.0.0.1", R"({"x":"1","y":"2"})"}}),
                        picture({{"a", "10.0.0.1", R"({"y":"2","x":"1"})"}})),
              IsEmpty());
}

TEST(InstanceChanges, AWarningIsClearedAndAnotherAppears) {
  EXPECT_THAT(
      described(picture({{"a", "10.0.0.1", "", false}}), picture({{"a", "10.0.0.1", "", true}})),
      ElementsAre("CLEARED AddressNotReady a", "WARNING PodWithoutMetadata a"));
}

}  // namespace
}  // namespace podreg::core
