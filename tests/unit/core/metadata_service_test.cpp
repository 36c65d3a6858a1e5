#include "core/metadata_service.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "tests/support/parsed_metadata.h"

namespace podreg::core {
namespace {

using testing::HasSubstr;

constexpr const char* kUrls = R"("dubbo.metadata-service.urls":)";
constexpr const char* kParams = R"("dubbo.metadata-service.url-params":)";

Instance instance_with(const std::string& annotation) {
  return {"shop-order",
          "demo",
          "10.0.0.1",
          20880,
          "shop-order-1",
          "",
          tests::parsed_metadata("{" + annotation + "}")};
}

std::string address_of(const std::string& annotation,
                       std::optional<int> default_port = std::nullopt) {
  const auto address = metadata_service_of(instance_with(annotation), default_port);
  return address.url() + " " + address.group + ":" + address.version +
         (address.second ? " V2" : "");
}

std::string refusal_of(const std::string& annotation) {
  try {
    return address_of(annotation);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
    return error.what();
  }
}

TEST(MetadataServiceAddress, WithoutAWordIsThePortOfTheInstanceOrTheOneThatIsAskedFor) {
  EXPECT_EQ(address_of(""), "dubbo://10.0.0.1:20880 shop-order:1.0.0");
  EXPECT_EQ(address_of("", 20990), "dubbo://10.0.0.1:20990 shop-order:1.0.0");
}

TEST(MetadataServiceAddress, IsWhatUrlParamsSay) {
  const auto params = std::string(kParams) + R"("{\"protocol\":\"tri\",\"port\":\"50051\"}")";
  EXPECT_EQ(address_of(params), "tri://10.0.0.1:50051 shop-order:1.0.0");
  EXPECT_EQ(address_of(params, 20990), "tri://10.0.0.1:50051 shop-order:1.0.0");
  EXPECT_EQ(address_of(params + R"(,"meta-v":"2.0.0")"),
            "tri://10.0.0.1:50051 shop-order:1.0.0 V2");
}

TEST(MetadataServiceAddress, IsTheFirstOfTheUrls) {
  EXPECT_EQ(address_of(std::string(kUrls) +
                       R"("[\"dubbo://10.0.0.9:20881/x?version=3.0.0\",\"tri://10.0.0.9:1/x\"]")"),
            "dubbo://10.0.0.9:20881 shop-order:3.0.0");
}

TEST(MetadataServiceAddress, WhatIsNotWellFormedIsRefusedWithThePodAndTheKey) {
  EXPECT_EQ(
      refusal_of(std::string(kParams) + R"("{\"port\":\"70000\"}")"),
      "pod \"shop-order-1\" has a dubbo.metadata-service.url-params whose port \"70000\" is none");
  EXPECT_EQ(refusal_of(std::string(kUrls) + R"("[]")"),
            "pod \"shop-order-1\" has a dubbo.metadata-service.urls that is no JSON list of URLs");
  EXPECT_THAT(refusal_of(std::string(kParams) + R"("{")"),
              HasSubstr("cannot be read as a JSON object"));
  EXPECT_THAT(refusal_of(std::string(kParams) + R"("{\"protocol\":\"rest\"}")"),
              HasSubstr("a MetadataService over \"rest\"; only dubbo and tri have one"));
}

TEST(MetadataServiceAddress, AParameterThatCannotBeReadIsNone) {
  EXPECT_EQ(metadata_service_param(
                instance_with(std::string(kParams) + R"("{\"release\":\"3.2.6\"}")"), "release"),
            "3.2.6");
  EXPECT_EQ(metadata_service_param(instance_with(std::string(kParams) + R"("{")"), "release"), "");
  EXPECT_EQ(metadata_service_param(instance_with(""), "release"), "");
}

}  // namespace
}  // namespace podreg::core
