#include <gmock/gmock.h>

#include "tests/unit/doctor/examination.h"

namespace podreg::doctor {
namespace {

using core::Error;
using core::ErrorKind;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> findings_without_server(const Error& error) {
  Examined examined{tests::RegistryBuilder(0)};
  examined.evidence.objects = {};
  examined.evidence.failed = error;
  return examined.findings();
}

TEST(AccessChecks, WhyTheServerTellsNothingIsToldApart) {
  EXPECT_THAT(findings_without_server({ErrorKind::unreachable, "connection refused"}),
              ElementsAre("ApiServerUnreachable apiserver"));
  EXPECT_THAT(findings_without_server(
                  {ErrorKind::unreachable, "the certificate of the API server is not accepted"}),
              ElementsAre("CertificateRefused apiserver"));
  EXPECT_THAT(findings_without_server({ErrorKind::not_allowed, "401"}),
              ElementsAre("CredentialsRefused apiserver"));
}

TEST(AccessChecks, WithoutServerNothingElseIsSaidToBeFine) {
  Examined examined{tests::RegistryBuilder(0)};
  examined.evidence.failed = Error(ErrorKind::unreachable, "connection refused");
  for (const auto& outcome : examined.run().outcomes) EXPECT_EQ(outcome.step, 0) << outcome.title;
}

TEST(AccessChecks, WhatMayNotBeReadIsSaidAndTheRestIsChecked) {
  tests::RegistryBuilder registry;
  registry.objects.pods.clear();
  registry.objects.unread.push_back({"pods", Error(ErrorKind::not_allowed, "pods is forbidden")});
  Examined examined(registry);
  examined.question.everything = false;
  examined.question.services = {"shop", "none"};
  examined.evidence.missing.emplace(Source::pods, "not allowed to list pods");
  EXPECT_THAT(examined.findings(), ElementsAre("ServiceMissing service/none", "NotReadable pods"));
  std::size_t unchecked = 0;
  for (const auto& outcome : examined.run().outcomes) {
    if (outcome.reason == "not allowed to list pods") ++unchecked;
  }
  EXPECT_GT(unchecked, 5U);
}

TEST(AccessChecks, AServiceAccountThatMayNotDoWhatDubboDoes) {
  Examined examined;
  examined.evidence.accounts = {
      {"demo", "shop", {"shop"}, false, {{"get", "pods", ""}, {"patch", "pods", ""}}},
      {"demo", "web", {"web-0"}, true, {{"watch", "endpoints", ""}}},
      {"demo", "fine", {"fine"}, false, {}}};
  EXPECT_THAT(examined.findings(), ElementsAre("ProviderNotAllowed serviceaccount/shop",
                                               "ConsumerNotAllowed serviceaccount/web"));
  EXPECT_THAT(examined.message(), HasSubstr("may not get and patch pods"));
}

TEST(AccessChecks, AClockMayBeTwoMinutesWrong) {
  Examined examined;
  examined.evidence.clock_behind = 120'000;
  EXPECT_THAT(examined.findings(), ElementsAre());
  examined.evidence.clock_behind = -121'000;
  EXPECT_THAT(examined.findings(), ElementsAre("ClockSkew apiserver"));
  EXPECT_THAT(examined.message(), HasSubstr("the clock here is 2 min 1 s ahead of"));
}

TEST(AccessChecks, ARegistryUrlThatTrustsEverybody) {
  Examined examined;
  examined.evidence.connection.certificate_not_checked = true;
  EXPECT_THAT(examined.findings(), ElementsAre("CertificateNotChecked registry"));
}

}  // namespace
}  // namespace podreg::doctor
