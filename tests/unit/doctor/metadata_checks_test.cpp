#include <gmock/gmock.h>

#include "tests/unit/doctor/examination.h"

namespace podreg::doctor {
namespace {

using core::Error;
using core::ErrorKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::RegistryBuilder;

// With the answers of step 4: nobody has failed yet.
Examined asked(const RegistryBuilder& registry = RegistryBuilder()) {
  Examined examined(registry);
  examined.evidence.missing.erase(Source::metadata);
  for (auto& group : core::group_by_revision(examined.evidence.instances)) {
    core::RevisionMetadata revision;
    revision.group = std::move(group);
    revision.info = core::MetadataInfo{"shop", "rev-a", {}};
    examined.evidence.revisions.push_back(std::move(revision));
  }
  return examined;
}

std::vector<std::string> findings_after(const std::string& failure) {
  auto examined = asked();
  examined.evidence.revisions[0].info.reset();
  examined.evidence.revisions[0].failure = {"shop-0", Error(ErrorKind::unreachable, failure)};
  return examined.findings();
}

TEST(MetadataChecks, AnswersAreFine) { EXPECT_THAT(asked().findings(), IsEmpty()); }

TEST(MetadataChecks, WhyNobodyAnsweredIsToldApart) {
  EXPECT_THAT(findings_after("10.0.0.10:20880: Connection refused"),
              ElementsAre("MetadataRefused pod/shop-0"));
  EXPECT_THAT(findings_after("no answer in time"), ElementsAre("MetadataTimedOut pod/shop-0"));
  EXPECT_THAT(findings_after("what arrived is no dubbo frame; it speaks TLS"),
              ElementsAre("MetadataOtherProtocol pod/shop-0"));
  EXPECT_THAT(findings_after("the MetadataInfo is null: the instance does not have this revision"),
              ElementsAre("RevisionNotKnown pod/shop-0"));
  EXPECT_THAT(findings_after("the provider answered \"UNIMPLEMENTED\""),
              ElementsAre("MetadataVersionNotExported pod/shop-0"));
  EXPECT_THAT(findings_after("the provider answered \"70\""),
              ElementsAre("MetadataFailed pod/shop-0"));
}

TEST(MetadataChecks, AProviderSaysUnderWhichNameItExports) {
  auto examined = asked();
  examined.evidence.revisions[0].info.reset();
  examined.evidence.revisions[0].failure = {
      "shop-0",
      Error(ErrorKind::invalid_data,
            "the provider answered \"service error\": RemotingException: Not found exported "
            "service: shop/org.apache.dubbo.metadata.MetadataService:1.0.0:20880 in "
            "[com.example.A:20880, order/org.apache.dubbo.metadata.MetadataService:1.0.0:20880]")};
  EXPECT_THAT(examined.findings(), ElementsAre("ApplicationNameDiffers service/shop"));
  EXPECT_THAT(examined.message(), HasSubstr("application \"order\" stands behind"));
}

TEST(MetadataChecks, PodsThatAnswerUnderAnotherNameTellTheirApplication) {
  auto examined = asked();
  auto alias = examined.evidence.revisions[0];
  alias.group.application = "alias";
  alias.info.reset();
  alias.failure = {"shop-0", Error(ErrorKind::invalid_data, "the provider answered \"40\"")};
  examined.evidence.revisions.push_back(alias);
  EXPECT_THAT(examined.findings(), IsEmpty());  // nobody asks for it
  examined.evidence.everything = false;
  EXPECT_THAT(examined.findings(), ElementsAre("ApplicationNameDiffers service/alias"));
}

TEST(MetadataChecks, WhoWasNotAskedSaysNothing) {
  auto examined = asked();
  examined.evidence.revisions[0].info.reset();
  examined.evidence.revisions[0].failure = {"shop-0", Error(ErrorKind::unreachable, "no route"),
                                            false};
  EXPECT_THAT(examined.findings(), IsEmpty());
}

TEST(MetadataChecks, ARevisionThatDiffersAndAnotherApplicationsName) {
  auto examined = asked();
  examined.evidence.metadata_warnings = {
      {core::WarningCode::metadata_not_its_revision, "demo", "shop", "10.0.0.10", "shop-0",
       "b instead of a"},
      {core::WarningCode::application_name_differs, "demo", "shop", "10.0.0.10", "shop-0",
       "\"order\" in revision a"}};
  EXPECT_THAT(examined.findings(),
              ElementsAre("ApplicationNameDiffers service/shop", "RevisionDiffers pod/shop-0"));
  EXPECT_THAT(examined.message(), HasSubstr("application \"order\" stands behind"));
}

TEST(MetadataChecks, AMetadataCenterIsNoneOfThisRegistry) {
  RegistryBuilder registry;
  registry.pod(0).annotation =
      tests::registration_text("rev-a", R"(,"dubbo.metadata.storage-type":"remote")");
  EXPECT_THAT(Examined(registry).findings(), ElementsAre("MetadataInCenter pod/shop-0"));
}

TEST(MetadataChecks, AForeignHostIsNamedAndNotAsked) {
  RegistryBuilder registry;
  registry.pod(0).annotation = tests::registration_text(
      "rev-a", R"(,"dubbo.metadata-service.urls":"[\"dubbo://192.0.2.1:20880/x\"]")");
  const Examined examined(registry);
  EXPECT_THAT(examined.findings(), ElementsAre("MetadataHostForeign pod/shop-0"));
  EXPECT_THAT(examined.message(), HasSubstr("dubbo://192.0.2.1:20880"));
}

TEST(MetadataChecks, UrlParamsThatCannotBeReadAreSaidOnce) {
  RegistryBuilder registry;
  registry.pod(0).annotation =
      R"({"dubbo.metadata-service.url-params":"{","dubbo.metadata.revision":"rev-b"})";
  auto examined = asked(registry);
  examined.evidence.revisions[0].info.reset();
  examined.evidence.revisions[0].failure = {
      "shop-0", Error(ErrorKind::invalid_data, "pod \"shop-0\" has url-params that …")};
  EXPECT_THAT(examined.findings(), ElementsAre("MetadataFailed pod/shop-0"));
}

TEST(MetadataChecks, APortThatNoContainerDeclares) {
  RegistryBuilder registry;
  registry.pod(0).containers[0].ports = {8080};
  EXPECT_THAT(Examined(registry).findings(), ElementsAre("MetadataPortNotDeclared pod/shop-0"));
  registry.pod(0).containers[0].ports.clear();  // it declares none, as many do
  EXPECT_THAT(Examined(registry).findings(), IsEmpty());
}

TEST(MetadataChecks, AProtocolOnTwoPorts) {
  RegistryBuilder registry;
  auto& text = *registry.pod(0).annotation;
  const std::string one = R"({\"port\":20880,\"protocol\":\"dubbo\"}])";
  text.replace(
      text.find(one), one.size(),
      R"({\"port\":20880,\"protocol\":\"dubbo\"},{\"port\":20881,\"protocol\":\"dubbo\"}])");
  const Examined examined(registry);
  EXPECT_THAT(examined.findings(), ElementsAre("ProtocolOnTwoPorts pod/shop-0"));
  EXPECT_THAT(examined.message(), HasSubstr("dubbo on ports 20880 and 20881"));
}

TEST(MetadataChecks, ManyRevisionsOrTwoForLong) {
  RegistryBuilder registry(4);
  registry.pod(1).annotation = tests::registration_text("rev-b");
  EXPECT_THAT(Examined(registry).findings(), IsEmpty());  // a rolling update
  Examined later(registry);
  later.evidence.now = tests::kRegistered + 16 * 60'000;
  EXPECT_THAT(later.findings(), ElementsAre("SeveralRevisions service/shop"));
  registry.pod(2).annotation = tests::registration_text("rev-c");
  registry.pod(3).annotation = tests::registration_text("rev-d");
  const Examined many(registry);
  EXPECT_THAT(many.findings(), ElementsAre("SeveralRevisions service/shop"));
  EXPECT_THAT(many.message(), HasSubstr("4 revisions in 4 pods"));
}

TEST(MetadataChecks, OlderReleasesDoNotAskForTheSecondVersion) {
  RegistryBuilder registry;
  registry.pod(0).annotation =
      R"({"dubbo.metadata-service.url-params":"{\"release\":\"3.3.6\",\"port\":\"20880\",)"
      R"(\"protocol\":\"tri\"}","dubbo.endpoints":"[{\"port\":20880,\"protocol\":\"tri\"}]",)"
      R"("meta-v":"2.0.0","dubbo.metadata.revision":"rev-a"})";
  const Examined mixed(registry);
  EXPECT_THAT(mixed.findings(), ElementsAre("MetadataVersionNotExported pod/shop-0"));
  registry.pod(1).annotation = registry.pod(0).annotation;
  EXPECT_THAT(Examined(registry).findings(), IsEmpty());
}

}  // namespace
}  // namespace podreg::doctor
