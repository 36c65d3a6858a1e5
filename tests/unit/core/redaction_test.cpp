#include "core/redaction.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "core/metadata.h"
#include "core/pseudonyms.h"
#include "core/redaction_text.h"

namespace podreg::core {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// With everything that is in the text met before.
template <typename Redact>
std::string redacted(const std::string& text, Redact redact) {
  Pseudonyms pseudonyms;
  redact(text, pseudonyms);
  pseudonyms.settle();
  return redact(text, pseudonyms);
}
std::string value(const std::string& text) { return redacted(text, redact_value); }
std::string registration(const std::string& text) { return redacted(text, redact_registration); }

TEST(Pseudonyms, AreSortedAsTheRealNamesAre) {
  Pseudonyms pseudonyms;
  for (const auto* name : {"shop", "cart", "com.example.A", "stock"}) {
    EXPECT_EQ(pseudonyms.name(name), name);
  }
  for (const auto* address : {"10.1.0.10", "10.1.0.9", "fd00::5"}) pseudonyms.address(address);
  pseudonyms.settle();
  EXPECT_EQ(pseudonyms.name("cart"), "name-1");
  EXPECT_EQ(pseudonyms.name("com.example.A"), "name.n2");
  EXPECT_EQ(pseudonyms.name("shop"), "name-3");
  EXPECT_EQ(pseudonyms.name("stock"), "name-4");
  EXPECT_EQ(pseudonyms.address("10.1.0.9"), "10.0.0.1");
  EXPECT_EQ(pseudonyms.address("10.1.0.10"), "10.0.0.2");
  EXPECT_EQ(pseudonyms.address("fd00:0::5"), "fd00::0:3");
}

TEST(Pseudonyms, WhatIsNobodysStays) {
  Pseudonyms pseudonyms;
  pseudonyms.settle();
  for (const auto* name : {"", "default", "*", "org.apache.dubbo.metadata.MetadataService"}) {
    EXPECT_EQ(pseudonyms.name(name), name);
  }
  EXPECT_EQ(pseudonyms.address("127.0.0.1"), "127.0.0.1");
  EXPECT_EQ(pseudonyms.revision("0"), "0");
}

TEST(RedactionText, ValuesAreTakenApart) {
  EXPECT_EQ(value("shop"), "name-1");
  EXPECT_EQ(value("b,a,b"), "name-2,name-1,name-2");
  EXPECT_EQ(value("10.7.7.7"), "10.0.0.1");
  EXPECT_EQ(value("10.7.7.7:20880"), "10.0.0.1:20880");
  EXPECT_EQ(value("shop.prod.svc:20880"), "name.n1:20880");
  EXPECT_EQ(value("fd00::7"), "fd00::0:1");
  for (const auto* same : {"", "20880", "1.0.0", "true", "-1"}) EXPECT_EQ(value(same), same);
}

TEST(RedactionText, UrlsKeepTheirForm) {
  EXPECT_EQ(
      value("dubbo://u:p@10.7.7.7:20880/com.example.A?version=1.0.0&side=provider&group=blue"),
      "dubbo://10.0.0.1:20880/name.n2?version=1.0.0&side=provider&group=name-1");
  EXPECT_EQ(value("tri://[fd00::9]:50051"), "tri://[fd00::0:1]:50051");
  EXPECT_EQ(value("dubbo://shop"), "dubbo://name-1");
}

TEST(RedactionText, OfARegistrationDubbosOwnKeysAndWordsStay) {
  EXPECT_EQ(
      registration(
          R"({"dubbo.metadata-service.url-params":"{\"port\":\"20880\",\"side\":\"provider\"}",)"
          R"("dubbo.endpoints":"[{\"port\":20880,\"protocol\":\"dubbo\"}]","timestamp":"17",)"
          R"("dubbo.metadata-service.urls":"[\"dubbo://10.7.7.7:1/x\"]","zone":"z1","n":5})"),
      R"({"dubbo.metadata-service.url-params":"{\"port\":\"20880\",\"side\":\"provider\"}",)"
      R"("dubbo.endpoints":"[{\"port\":20880,\"protocol\":\"dubbo\"}]","timestamp":"17",)"
      R"("dubbo.metadata-service.urls":"[\"dubbo://10.0.0.1:1/name-2\"]","name-4":"name-3",)"
      R"("name-1":5})");
}

TEST(RedactionText, ARegistrationThatIsNoneStaysOneThatIsNone) {
  EXPECT_EQ(registration(""), "");
  EXPECT_EQ(registration("secret"), "{not JSON");
  EXPECT_EQ(registration("[\"secret\"]"), "[]");
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

TEST(RedactionText, WhatIsTooDeepInAnotherIsANameAsAWhole) {
  constexpr std::size_t kOften = 50'000;
  EXPECT_THAT(value("shop" + repeated(":1", kOften)), StartsWith("name-1:1:1:1"));
  EXPECT_THAT(value(repeated("a://b?c=", kOften)), StartsWith("a://name-2?c=a://name-2?c="));
  EXPECT_THAT(registration(R"({"x":"a)" + repeated(":1", kOften) + "\"}"), HasSubstr(":1:1\"}"));
}

TEST(RedactionText, ARegistrationThatIsNestedTooDeepIsNone) {
  const auto nested = [](std::size_t levels) {
    return R"({"x":)" + repeated("[", levels - 1) + repeated("]", levels - 1) + "}";
  };
  EXPECT_EQ(registration(nested(64)), "{\"name-1\":" + nested(64).substr(5));
  for (const std::size_t levels : {65U, 100'000U}) {
    EXPECT_THROW(Metadata::parse(nested(levels)), Error);
    EXPECT_EQ(registration(nested(levels)), "{not JSON");
  }
  EXPECT_EQ(registration(R"({"dubbo.endpoints":")" + repeated("[", 100'000) +
                         repeated("]", 100'000) + "\"}"),
            R"({"dubbo.endpoints":"name-1"})");
}

TEST(RedactionText, TheMethodInAParametersNameIsThatOfMethods) {
  EXPECT_EQ(value("dubbo://shop?createOrder.timeout=3000&methods=createOrder&bind.port=1"),
            "dubbo://name-2?name-1.timeout=3000&methods=name-1&bind.port=1");
  EXPECT_EQ(value("tri://shop?createOrder.0.callback=true&prefer.serialization=hessian2"),
            "tri://name-2?name-1.0.callback=true&prefer.serialization=hessian2");
  EXPECT_EQ(
      registration(R"({"dubbo.metadata-service.url-params":"{\"a.timeout\":1,\"b\":\"a\"}"})"),
      R"({"dubbo.metadata-service.url-params":"{\"name-1.timeout\":1,\"b\":\"name-1\"}"})");
}

MetadataInfo info(const std::string& app) {
  MetadataInfo info;
  info.app = app;
  ServiceInfo service;
  service.name = "com.example.A";
  service.protocol = "dubbo";
  service.path = "com.example.A";
  service.params = {{"owner", "team-x"}, {"side", "provider"}};
  info.services.emplace(service.match_key(), service);
  info.revision = info.compute_revision();
  return info;
}

PodObject pod(const std::string& revision) {
  PodObject pod;
  pod.ns = "prod";
  pod.name = "shop-1";
  pod.labels = std::make_shared<const Labels>(Labels{{"app", "shop"}});
  pod.annotation = R"({"dubbo.metadata.revision":")" + revision + "\"}";
  return pod;
}

std::string revision_of(const PodObject& pod) {
  return std::string(Metadata::parse(*pod.annotation).revision());
}

TEST(Redaction, ARevisionThatMatchedStillDoes) {
  RegistryObjects objects;
  objects.metadata = {info("shop")};
  objects.pods = {pod(objects.metadata[0].revision)};
  const auto before = objects.metadata[0].revision;
  redact(objects);
  const auto& after = objects.metadata[0];
  EXPECT_NE(after.revision, before);
  EXPECT_EQ(after.revision, after.compute_revision());
  EXPECT_EQ(revision_of(objects.pods[0]), after.revision);
  EXPECT_THAT(after.to_json(), Not(HasSubstr("example")));
  EXPECT_THAT(after.to_json(), Not(HasSubstr("team-x")));
  EXPECT_EQ(after.services.begin()->first, after.services.begin()->second.match_key());
}

TEST(Redaction, MethodsThatHaveParametersOfTheirOwnAreNotTold) {
  RegistryObjects objects;
  objects.metadata = {info("shop")};
  auto& params = objects.metadata[0].services.begin()->second.params;
  params.emplace("methods", "createSecretOrder,get");
  params.emplace("createSecretOrder.timeout", "3000");
  params.emplace("default.timeout", "1000");
  objects.metadata[0].revision = objects.metadata[0].compute_revision();
  redact(objects);
  const auto& after = objects.metadata[0];
  const auto& redacted = after.services.begin()->second.params;
  const auto& methods = redacted.at("methods");
  EXPECT_EQ(redacted.at(methods.substr(0, methods.find(',')) + ".timeout"), "3000");
  EXPECT_EQ(redacted.at("default.timeout"), "1000");
  EXPECT_THAT(after.to_json(), Not(HasSubstr("Secret")));
  EXPECT_EQ(after.revision, after.compute_revision());
}

TEST(Redaction, ARevisionThatDidNotMatchStillDoesNot) {
  RegistryObjects objects;
  objects.metadata = {info("shop")};
  objects.metadata[0].revision = "elsewhere";
  objects.pods = {pod("elsewhere"), pod("unknown")};
  redact(objects);
  const auto& after = objects.metadata[0];
  EXPECT_NE(after.revision, after.compute_revision());
  EXPECT_EQ(revision_of(objects.pods[0]), after.revision);
  EXPECT_NE(revision_of(objects.pods[1]), after.revision);
  EXPECT_EQ(revision_of(objects.pods[1]).size(), 32U);
}

TEST(Redaction, SelectorsStillMatchAndPodsAreStillNamed) {
  RegistryObjects objects;
  Service service;
  service.ns = "prod";
  service.name = "shop";
  service.selector = {{"app", "shop"}};
  objects.services = {service};
  objects.endpoints = {{"prod", "shop", {{{{"10.7.7.7", "shop-1", "n1"}}, {}, {}}}, false}};
  objects.pods = {pod("r")};
  objects.pods[0].addresses = {"10.7.7.7"};
  objects.pods[0].node = "n1";
  objects.pods[0].conditions = {{"Ready", "False", "Why", "node n1 is gone"}};
  redact(objects);
  const auto& address = objects.endpoints[0].subsets[0].addresses[0];
  EXPECT_TRUE(matches(objects.services[0].selector, *objects.pods[0].labels));
  EXPECT_EQ(objects.services[0].name, objects.endpoints[0].name);
  EXPECT_EQ(address.pod, objects.pods[0].name);
  EXPECT_EQ(address.ip, objects.pods[0].addresses[0]);
  EXPECT_EQ(address.node, objects.pods[0].node);
  EXPECT_NE(address.node, "n1");
  EXPECT_EQ(objects.pods[0].conditions[0].message, "");
  EXPECT_EQ(objects.pods[0].conditions[0].reason, "Why");
}

}  // namespace
}  // namespace podreg::core
