#include "core/url_derivation.h"

#include <gmock/gmock.h>

#include <memory>

#include "tests/support/parsed_metadata.h"

namespace podreg::core {
namespace {

using testing::ElementsAre;

Instance instance(const std::string& host, int port, const std::string& pod,
                  const std::string& metadata) {
  Instance result;
  result.service_name = "shop";
  result.host = host;
  result.port = port;
  result.pod = pod;
  result.metadata = tests::parsed_metadata(metadata);
  return result;
}

ServiceInfo service(const std::string& name, const std::string& protocol, int port = -1,
                    const std::string& group = "", const std::string& version = "") {
  ServiceInfo info;
  info.name = name;
  info.protocol = protocol;
  info.port = port;
  info.group = group;
  info.version = version;
  return info;
}

MetadataByRevision metadata_of(const std::vector<ServiceInfo>& services) {
  MetadataInfo info;
  info.app = "shop";
  for (const auto& one : services) info.services.emplace(one.match_key(), one);
  MetadataByRevision result;
  result.emplace("r1", info);
  return result;
}

std::vector<std::string> urls(const std::vector<Instance>& instances,
                              const MetadataByRevision& metadata, const ServiceMatch& match = {}) {
  std::vector<std::string> result;
  for (const auto& derived : derive_urls(instances, metadata, match)) {
    result.push_back(derived.url.to_string());
  }
  return result;
}

constexpr const char* kR1 = R"({"dubbo.metadata.revision":"r1"})";

TEST(DeriveUrls, ThePortIsTheServicesElseTheEndpointsElseTheInstances) {
  const auto with_endpoints = instance(
      "10.0.0.1", 8080, "a",
      R"({"dubbo.metadata.revision":"r1","dubbo.endpoints":"[{\"port\":20880,\"protocol\":\"dubbo\"}]"})");
  EXPECT_EQ(port_of(service("x", "dubbo", 1), with_endpoints), 1);
  EXPECT_EQ(port_of(service("x", "dubbo"), with_endpoints), 20880);
  EXPECT_EQ(port_of(service("x", "tri"), with_endpoints), 8080);
  EXPECT_EQ(port_of(service("x", "dubbo", 0), with_endpoints), 20880);
}

TEST(DeriveUrls, TheApplicationIsTheServiceWhateverTheMetadataInfoSays) {
  auto metadata = metadata_of({service("x.A", "dubbo")});
  metadata.at("r1").app = "store";
  const auto derived = derive_urls({instance("10.0.0.1", 1, "a", kR1)}, metadata, {});
  ASSERT_EQ(derived.size(), 1U);
  EXPECT_EQ(derived[0].application, "shop");
}

TEST(VariantsOf, AreWhatThereIsWhateverTheFilter) {
  const auto metadata = metadata_of({service("x.A", "dubbo", 1, "g1", "1.0"),
                                     service("x.A", "tri", 1), service("x.B", "dubbo", 1)});
  const std::vector<Instance> instances = {instance("10.0.0.1", 1, "a", kR1),
                                           instance("10.0.0.2", 1, "b", kR1)};
  EXPECT_THAT(variants_of(instances, metadata, "x.A"),
              ElementsAre("group g1, version 1.0, dubbo", "no group, no version, tri"));
  EXPECT_EQ(variants_of(instances, metadata, "").back(), "x.B with no group, no version, dubbo");
}

TEST(DeriveUrls, EveryServiceOnEveryInstanceEachUrlOfAPodOnce) {
  const std::vector<Instance> instances = {instance("10.0.0.1", 20880, "a", kR1),
                                           instance("10.0.0.1", 50051, "a", kR1),
                                           instance("10.0.0.2", 20880, "b", kR1)};
  EXPECT_THAT(urls(instances, metadata_of({service("x.A", "dubbo", 20880)})),
              ElementsAre("dubbo://10.0.0.1:20880/x.A?application=shop&interface=x.A",
                          "dubbo://10.0.0.2:20880/x.A?application=shop&interface=x.A"));
  EXPECT_EQ(urls(instances, metadata_of({service("x.A", "dubbo")})).size(), 3U)
      << "without a port of its own it is on each port of the instance";
}

TEST(DeriveUrls, ParametersOfTheServiceStayAndPathIsTheInterfaceWhenThereIsNone) {
  auto info = service("x.A", "dubbo", 1, "g", "1.0");
  info.params = {{"weight", "50"}, {"application", "other"}};
  EXPECT_THAT(urls({instance("h", 1, "a", kR1)}, metadata_of({info})),
              ElementsAre("dubbo://h:1/x.A?application=shop&group=g&interface=x.A&version=1.0&"
                          "weight=50"));
  info.path = "base/x.A";
  EXPECT_THAT(urls({instance("h", 1, "a", kR1)}, metadata_of({info})),
              ElementsAre(testing::StartsWith("dubbo://h:1/base/x.A?")));
}

TEST(DeriveUrls, InstancesWithoutServicesOrOfAnUnknownRevisionHaveNone) {
  const auto metadata = metadata_of({service("x.A", "dubbo", 1)});
  EXPECT_TRUE(urls({instance("h", 1, "a", "{}"),
                    instance("h", 1, "b", R"({"dubbo.metadata.revision":"0"})"),
                    instance("h", 1, "c", R"({"dubbo.metadata.revision":"r2"})")},
                   metadata)
                  .empty());
}

TEST(DeriveUrls, AServiceWithoutANameOrAProtocolHasNone) {
  const auto metadata =
      metadata_of({service("", "dubbo"), service("x.A", ""), service("x.B", "dubbo")});
  EXPECT_THAT(urls({instance("10.0.0.1", 1, "p", R"({"dubbo.metadata.revision":"r1"})")}, metadata),
              ElementsAre("dubbo://10.0.0.1:1/x.B?application=shop&interface=x.B"));
}

TEST(ServiceMatch, InterfaceVersionGroupAndProtocolAsAConsumerMatchesThem) {
  const auto info = service("x.A", "dubbo", 1, "g1", "1.0");
  const auto accepts = [&](const ServiceMatch& match) { return match.accepts(info); };
  EXPECT_TRUE(accepts({}));
  EXPECT_TRUE(accepts({"x.A", "1.0", "g1", "dubbo"}));
  EXPECT_FALSE(accepts({"x.B", "*", "*", ""}));
  EXPECT_FALSE(accepts({"x.A", "", "*", ""})) << "empty matches only what has none";
  EXPECT_FALSE(accepts({"x.A", "*", "", ""}));
  EXPECT_TRUE(accepts({"x.A", "2.0, 1.0 ", " g0,g1", "tri,dubbo"}));
  EXPECT_FALSE(accepts({"x.A", "1.0", "g2,g3", ""}));
  EXPECT_FALSE(accepts({"x.A", "1.0", "g1", "tri"}));
  EXPECT_TRUE(accepts({"x.A", "1.0", "g1", "*"}));
  EXPECT_FALSE(accepts({"x.A", "*,2.0", "g1", ""})) << "in a list, * is nothing special";
  EXPECT_FALSE(accepts({"x.A", " 1.0", "g1", ""})) << "only members of a list are trimmed";
  const auto plain = service("x.A", "dubbo");
  EXPECT_TRUE((ServiceMatch{"x.A", "", "", ""}).accepts(plain));
  EXPECT_FALSE((ServiceMatch{"x.A", "1.0", "", ""}).accepts(plain));
}

}  // namespace
}  // namespace podreg::core
