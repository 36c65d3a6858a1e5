// Steps 2 and 5: interfaces that are asked for, and their URLs.
#include <gmock/gmock.h>

#include "doctor/release.h"
#include "tests/support/parsed_metadata.h"
#include "tests/unit/doctor/examination.h"

namespace podreg::doctor {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kOrder = "com.example.OrderService";

core::Mapping mapping_of(core::MappingSource source, std::vector<std::string> applications) {
  core::Mapping mapping;
  mapping.interface = kOrder;
  mapping.source = source;
  for (auto& name : applications) {
    core::Provider provider;
    provider.application = std::move(name);
    mapping.providers.push_back(std::move(provider));
  }
  return mapping;
}

Examined asked_for(std::vector<core::Mapping> mappings) {
  Examined examined;
  examined.evidence.missing.erase(Source::mapping);
  InterfaceQuestion question;
  question.query = core::InterfaceQuery::parse(kOrder);
  question.mappings = std::move(mappings);
  examined.evidence.interfaces = {std::move(question)};
  return examined;
}

TEST(MappingChecks, OneApplicationIsFine) {
  EXPECT_THAT(asked_for({mapping_of(core::MappingSource::cluster, {"shop"})}).findings(),
              IsEmpty());
}

TEST(MappingChecks, NobodyProvidesTheInterface) {
  auto examined = asked_for({});
  examined.evidence.interfaces[0].nearest = "com.example.OrdersService";
  EXPECT_THAT(examined.findings(),
              ElementsAre("InterfaceNotProvided interface/com.example.OrderService"));
  EXPECT_THAT(examined.remedy(), HasSubstr("com.example.OrdersService"));
}

TEST(MappingChecks, OneRevisionThatDidNotTellIsOne) {
  auto examined = asked_for({});
  for (auto& group : core::group_by_revision(examined.evidence.instances))
    examined.evidence.revisions.push_back({std::move(group), {}, {}, {}, {}});
  EXPECT_THAT(examined.message(), HasSubstr("as far as is known: 1 revision did not tell"));
}

TEST(MappingChecks, NamesThatAreNone) {
  const auto examined = asked_for({mapping_of(core::MappingSource::provided_by, {"*", "shpo"}),
                                   mapping_of(core::MappingSource::cluster, {"shop"})});
  EXPECT_THAT(examined.findings(),
              ElementsAre("ApplicationUnknown interface/com.example.OrderService",
                          "WildcardApplication interface/com.example.OrderService"));
  EXPECT_EQ(examined.remedy(), "the nearest name of a Service is \"shop\"");
}

TEST(MappingChecks, AStaleProvidedBy) {
  auto examined = asked_for({mapping_of(core::MappingSource::provided_by, {"shop"}),
                             mapping_of(core::MappingSource::cluster, {"stock"})});
  core::Warning warning{core::WarningCode::interface_not_provided, "demo", "shop", {}, {}, {}};
  warning.detail = "com.example.OrderService (provided-by)";
  examined.evidence.mapping_warnings = {warning};
  EXPECT_THAT(examined.findings(),
              ElementsAre("ApplicationDoesNotProvide interface/com.example.OrderService"));
  EXPECT_EQ(examined.remedy(), "name stock, which does");
}

core::MetadataInfo order_metadata(const std::string& version) {
  core::ServiceInfo service;
  service.name = kOrder;
  service.version = version;
  service.protocol = "dubbo";
  service.params["prefer.serialization"] = "fastjson2,hessian2";
  core::MetadataInfo info{"shop", "rev-a", {}};
  info.services.emplace(service.match_key(), service);
  return info;
}

Examined answered(const std::string& version) {
  auto examined = asked_for({mapping_of(core::MappingSource::cluster, {"shop"})});
  auto& evidence = examined.evidence;
  evidence.missing.erase(Source::metadata);
  for (auto& group : core::group_by_revision(evidence.instances)) {
    core::RevisionMetadata revision;
    revision.group = std::move(group);
    revision.info = order_metadata(version);
    evidence.revisions.push_back(std::move(revision));
  }
  evidence.urls = core::derive_urls(evidence.instances, core::by_revision(evidence.revisions),
                                    evidence.interfaces[0].query.match);
  return examined;
}

TEST(InvokerChecks, AnotherVersionThanIsAskedFor) {
  auto examined = answered("1.0.0");
  EXPECT_THAT(examined.findings(), IsEmpty());
  examined.evidence.interfaces[0].query.match.version = "2.0.0";
  EXPECT_THAT(examined.findings(),
              ElementsAre("NothingMatches interface/com.example.OrderService"));
  EXPECT_THAT(examined.message(), HasSubstr("not in version 2.0.0"));
  EXPECT_THAT(examined.remedy(), HasSubstr("version 1.0.0"));
}

TEST(InvokerChecks, WhatDoesNotAnswerIsToldApart) {
  auto examined = answered("");
  ASSERT_EQ(examined.evidence.urls.size(), 2U);
  examined.evidence.missing.erase(Source::probes);
  const auto failed = [&](core::ProbeStatus status) {
    core::ProbeSeries series;
    series.url = examined.evidence.urls[0];
    series.count = 1;
    series.failed = status == core::ProbeStatus::ok ? 0 : 1;
    series.last.status = status;
    series.last.error = "why";
    return series;
  };
  examined.evidence.probes = {failed(core::ProbeStatus::ok)};
  EXPECT_THAT(examined.findings(), IsEmpty());
  examined.evidence.probes = {
      failed(core::ProbeStatus::refused), failed(core::ProbeStatus::timeout),
      failed(core::ProbeStatus::protocol_mismatch), failed(core::ProbeStatus::error)};
  EXPECT_THAT(examined.findings(),
              ElementsAre("UrlRefused pod/shop-0", "UrlTimedOut pod/shop-0",
                          "UrlOtherProtocol pod/shop-0", "UrlFailed pod/shop-0"));
}

TEST(InvokerChecks, AConsumerNeedsASerializationOfTheProvider) {
  auto examined = answered("");
  examined.evidence.missing.erase(Source::consumer);
  examined.evidence.consumer_pod = "web-0";
  auto own = order_metadata("");
  own.services.begin()->second.params["prefer.serialization"] = "hessian2";
  examined.evidence.consumer_metadata = own;
  EXPECT_THAT(examined.findings(), IsEmpty());
  examined.evidence.consumer_metadata->services.begin()->second.params["prefer.serialization"] =
      "kryo";
  EXPECT_THAT(examined.findings(),
              ElementsAre("SerializationsDiffer pod/shop-0", "SerializationsDiffer pod/shop-1"));
}

TEST(InvokerChecks, ReleasesThatAreKnownNotToWorkTogether) {
  auto examined = answered("");
  examined.evidence.missing.erase(Source::consumer);
  examined.evidence.consumer_instance = examined.evidence.instances[0];
  EXPECT_THAT(examined.findings(), IsEmpty());
  auto text = tests::registration_text();
  text.replace(text.find("3.2.6"), 5, "2.7.9");
  examined.evidence.consumer_instance->metadata = tests::parsed_metadata(text);
  EXPECT_THAT(examined.findings(),
              ElementsAre("ReleasesIncompatible pod/shop-0", "ReleasesIncompatible pod/shop-1"));
}

TEST(Release, IsReadFromItsBeginning) {
  EXPECT_EQ(parse_release("3.3.0-beta.1"), (Release{3, 3, 0}));
  EXPECT_EQ(parse_release("3.2"), (Release{3, 2, 0}));
  EXPECT_EQ(parse_release("three"), std::nullopt);
  EXPECT_EQ(parse_release("3"), std::nullopt);
}

}  // namespace
}  // namespace podreg::doctor
