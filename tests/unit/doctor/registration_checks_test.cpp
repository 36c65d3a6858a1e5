#include <gmock/gmock.h>

#include "tests/unit/doctor/examination.h"

namespace podreg::doctor {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::RegistryBuilder;

TEST(RegistrationChecks, AHealthyApplicationHasNoFinding) {
  EXPECT_THAT(Examined().findings(), IsEmpty());
}

TEST(RegistrationChecks, AReadyPodWithoutAnnotationIsNotRegistered) {
  RegistryBuilder registry;
  registry.pod(1).annotation.reset();
  const Examined examined(registry);
  EXPECT_THAT(examined.findings(), ElementsAre("NotRegistered pod/shop-1"));
  EXPECT_THAT(examined.remedy(), HasSubstr("409"));
}

TEST(RegistrationChecks, WhatIsKnownOfTheCauseComesInPlaceOfGuesses) {
  RegistryBuilder registry;
  registry.pod(1).annotation.reset();
  Examined examined(registry);
  examined.evidence.accounts = {{"demo", "default", {"shop"}, false, {{"patch", "pods", ""}}}};
  examined.evidence.connection.registering_disabled = true;
  examined.evidence.now = tests::kStarted + 12'000;
  EXPECT_THAT(examined.findings(),
              ElementsAre("ProviderNotAllowed serviceaccount/default", "NotRegistered pod/shop-1",
                          "RegisteringDisabled registry"));
  const auto remedy = core::remedy(examined.run().findings.at(1));
  EXPECT_EQ(remedy,
            "let its ServiceAccount \"default\" patch pods (ProviderNotAllowed); leave "
            "enableRegister=false out of its registry URL; wait: it started 12 s ago");
}

TEST(RegistrationChecks, AnAnnotationThatIsNoObjectHidesEverybody) {
  RegistryBuilder registry;
  registry.pod(0).annotation = "[1]";
  const Examined examined(registry);
  EXPECT_THAT(examined.findings(), ElementsAre("AnnotationInvalid pod/shop-0"));
  EXPECT_EQ(core::kind_of(core::FindingCode::annotation_invalid).effect,
            core::ConsumerEffect::fails);
}

TEST(RegistrationChecks, AnEmptyAnnotationAndAnEmptyObjectRegisterNothing) {
  RegistryBuilder registry;
  registry.pod(0).annotation = "";
  registry.pod(1).annotation = "{}";
  EXPECT_THAT(Examined(registry).findings(), ElementsAre("AnnotationWithoutEntries pod/shop-0",
                                                         "AnnotationWithoutEntries pod/shop-1"));
}

TEST(RegistrationChecks, WithoutRevisionNothingIsExported) {
  RegistryBuilder registry;
  registry.pod(0).annotation = R"({"a":"b"})";
  registry.pod(1).annotation = tests::registration_text("0");
  EXPECT_THAT(Examined(registry).findings(),
              ElementsAre("RevisionMissing pod/shop-0", "ExportsNothing pod/shop-1"));
}

TEST(RegistrationChecks, ValuesHaveToBeStrings) {
  RegistryBuilder registry;
  registry.pod(0).annotation = tests::registration_text("rev-a", R"(,"weight":5)");
  const Examined examined(registry);
  EXPECT_THAT(examined.findings(), ElementsAre("ValuesNotText pod/shop-0"));
  EXPECT_THAT(examined.message(), HasSubstr("weight"));
}

TEST(RegistrationChecks, ARegistrationOlderThanItsContainerIsOutdated) {
  RegistryBuilder registry;
  registry.pod(0).containers[0].started = tests::kRegistered + 60'000;
  const Examined examined(registry);
  EXPECT_THAT(examined.findings(), ElementsAre("RegistrationOutdated pod/shop-0"));
  EXPECT_THAT(examined.message(), HasSubstr("container \"app\" started 2026-11-24T"));
}

TEST(RegistrationChecks, ARestartedSidecarSaysNothing) {
  RegistryBuilder registry;
  core::Container sidecar;
  sidecar.name = "proxy";
  sidecar.started = tests::kRegistered + 60'000;
  registry.pod(0).containers.insert(registry.pod(0).containers.begin(), sidecar);
  EXPECT_THAT(Examined(registry).findings(), IsEmpty());
  // Neither does it where no container declares the port of the provider.
  registry.pod(0).containers[1].ports.clear();
  EXPECT_THAT(Examined(registry).findings(), IsEmpty());
}

TEST(RegistrationChecks, AProviderThatTakesAnotherNameForItsOwnIsFound) {
  RegistryBuilder registry(3);
  for (auto& pod : registry.objects.pods) pod.annotation.reset();
  registry.pod(0).host_network = true;
  registry.pod(1).hostname = "other";
  registry.pod(2).containers[0].hostname = "shop";
  const Examined examined(registry);
  EXPECT_THAT(examined.findings(),
              ElementsAre("HostnameDiffers pod/shop-0", "HostnameDiffers pod/shop-1",
                          "HostnameDiffers pod/shop-2"));
  EXPECT_THAT(examined.message(),
              HasSubstr("hostNetwork, and so HOSTNAME is the name of its node"));
}

TEST(RegistrationChecks, AHostnameThatIsSetToThePodsNameIsRight) {
  RegistryBuilder registry;
  registry.pod(0).annotation.reset();
  registry.pod(0).host_network = true;
  registry.pod(0).containers[0].hostname = "";  // valueFrom
  EXPECT_THAT(Examined(registry).findings(), ElementsAre("NotRegistered pod/shop-0"));
}

TEST(RegistrationChecks, RegistrationsOfOtherRegistriesAreNamed) {
  RegistryBuilder registry;
  registry.pod(0).annotation.reset();
  registry.pod(0).foreign_annotations = {"dubbo.io/annotation"};
  const Examined examined(registry);
  EXPECT_THAT(examined.findings(), ElementsAre("ForeignRegistration pod/shop-0"));
  EXPECT_THAT(examined.message(), HasSubstr("dubbo.io/annotation"));
}

TEST(RegistrationChecks, OfAPodThatIsNotReadyNothingElseIsSaid) {
  RegistryBuilder registry;
  registry.pod(0).annotation = "[1]";
  registry.make_unready(0);
  EXPECT_THAT(Examined(registry).findings(), ElementsAre("PodNotReady pod/shop-0"));
}

TEST(RegistrationChecks, AServiceOfSomethingElseIsNoneOfDubbos) {
  RegistryBuilder registry;
  for (auto& pod : registry.objects.pods) pod.annotation.reset();
  registry.service().ports = {{"http", "TCP", 80, "80"}};
  EXPECT_THAT(Examined(registry).findings(), IsEmpty());
  // Unless somebody asks for it.
  Examined named(registry);
  named.question.everything = false;
  named.question.services = {"shop"};
  EXPECT_EQ(named.findings().size(), 2U);
}

}  // namespace
}  // namespace podreg::doctor
