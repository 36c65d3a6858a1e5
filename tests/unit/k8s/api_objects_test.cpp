#include "k8s/api_objects.h"

#include <gmock/gmock.h>

#include <map>

#include "core/error.h"
#include "tests/unit/k8s/fake_api.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kCore = "/api/v1/namespaces/demo/";
const std::string kSlices = "/apis/discovery.k8s.io/v1/namespaces/demo/endpointslices";
const std::string kAtSeven = "?resourceVersionMatch=Exact&resourceVersion=7";

std::string list(const std::string& kind, const std::string& items,
                 const std::string& version = "7", const std::string& token = "") {
  const std::string group = kind == "EndpointSliceList" ? "discovery.k8s.io/v1" : "v1";
  return R"({"kind":")" + kind + R"(","apiVersion":")" + group +
         R"(","metadata":{"resourceVersion":")" + version + R"(","continue":")" + token +
         R"("},"items":[)" + items + "]}";
}
std::string item(const std::string& name, const std::string& more = "") {
  return R"({"metadata":{"name":")" + name + R"(","namespace":"demo"})" + more + "}";
}
std::string status(int code, const std::string& reason) {
  return R"({"kind":"Status","apiVersion":"v1","status":"Failure","reason":")" + reason +
         R"(","code":)" + std::to_string(code) + R"(,"message":"no way"})";
}
Answer refusal(const std::string& line, int code, const std::string& reason) {
  return {kJson, status(code, reason), line};
}

std::map<std::string, Answer> four_lists(const std::string& at) {
  return {{kCore + "services", {kJson, list("ServiceList", item("shop"))}},
          {kCore + "endpoints" + at, {kJson, list("EndpointsList", item("shop"))}},
          {kSlices + at, {kJson, list("EndpointSliceList", item("shop-x"))}},
          {kCore + "pods" + at,
           {kJson, list("PodList", item("shop-1", R"(,"spec":{"nodeName":"n1"})"))}}};
}

core::RegistryObjects read(const FakeApi& api, core::ObjectsQuery query = {}) {
  tests::FakeClock clock;
  if (!query.ns) query.ns = "demo";
  return ApiObjects(api.connection(), quick(clock)).read(query);
}

TEST(ApiObjects, AllListsAreReadAtTheVersionOfTheFirst) {
  const FakeApi api(four_lists(kAtSeven));
  const auto objects = read(api);
  EXPECT_EQ(objects.services.at(0).name, "shop");
  EXPECT_EQ(objects.endpoints.at(0).name, "shop");
  EXPECT_EQ(objects.slices.at(0).name, "shop-x");
  EXPECT_EQ(objects.pods.at(0).node, "n1");
  EXPECT_EQ(objects.resource_version, "7");
  EXPECT_THAT(objects.unread, IsEmpty());
}

TEST(ApiObjects, AServerThatRefusesToLookBackGivesThemAsTheyAre) {
  auto answers = four_lists(kAtSeven);
  answers[kCore + "pods" + kAtSeven] = refusal("410 Gone", 410, "Expired");
  answers[kCore + "pods"] = {kJson, list("PodList", item("shop-2"), "9")};
  const auto objects = read(FakeApi(answers));
  EXPECT_EQ(objects.pods.at(0).name, "shop-2");
  EXPECT_EQ(objects.resource_version, "");
}

TEST(ApiObjects, AListThatMayNotBeReadIsNamedAndTheOthersAreThere) {
  auto answers = four_lists(kAtSeven);
  answers[kCore + "pods" + kAtSeven] = refusal("403 Forbidden", 403, "Forbidden");
  const auto objects = read(FakeApi(answers));
  ASSERT_EQ(objects.unread.size(), 1U);
  EXPECT_EQ(objects.unread[0].resource, "pods");
  EXPECT_EQ(objects.unread[0].error.kind(), ErrorKind::not_allowed);
  EXPECT_THAT(objects.unread[0].error.what(), HasSubstr("list pods in namespace \"demo\""));
  EXPECT_EQ(objects.services.size(), 1U);
  EXPECT_EQ(objects.resource_version, "7");
}

TEST(ApiObjects, TheFirstListThatMayBeReadGivesTheVersion) {
  auto answers = four_lists(kAtSeven);
  answers[kCore + "services"] = refusal("403 Forbidden", 403, "Forbidden");
  answers[kCore + "endpoints"] = answers[kCore + "endpoints" + kAtSeven];
  const auto objects = read(FakeApi(answers));
  EXPECT_FALSE(objects.was_read("services"));
  EXPECT_EQ(objects.endpoints.size(), 1U);
  EXPECT_EQ(objects.pods.size(), 1U);
}

TEST(ApiObjects, CredentialsThatAreRefusedEndIt) {
  auto answers = four_lists(kAtSeven);
  answers[kCore + "services"] = refusal("401 Unauthorized", 401, "Unauthorized");
  EXPECT_EQ(error_of([&] { read(FakeApi(answers)); }).kind(), ErrorKind::not_allowed);
}

TEST(ApiObjects, NamedServicesAreAskedForByName) {
  const std::string at = "&resourceVersionMatch=Exact&resourceVersion=7";
  const FakeApi api({{kCore + "services?fieldSelector=metadata.name%3Dshop",
                      {kJson, list("ServiceList", item("shop"))}},
                     {kCore + "services?fieldSelector=metadata.name%3Dcart" + at,
                      {kJson, list("ServiceList", item("cart"))}},
                     {kSlices + "?labelSelector=kubernetes.io%2Fservice-name%3Dshop" + at,
                      {kJson, list("EndpointSliceList",
                                   R"({"metadata":{"name":"shop-x","namespace":"demo","labels":{)"
                                   R"("kubernetes.io/service-name":"shop"}}})")}},
                     {kSlices + "?labelSelector=kubernetes.io%2Fservice-name%3Dcart" + at,
                      {kJson, list("EndpointSliceList", "")}}});
  core::ObjectsQuery query;
  query.services = {"shop", "cart"};
  query.with_endpoints = false;
  query.with_pods = false;
  const auto objects = read(api, query);
  EXPECT_EQ(objects.services.size(), 2U);
  EXPECT_EQ(objects.slices.size(), 1U);
  EXPECT_EQ(objects.resource_version, "7");
}

TEST(ApiObjects, OnlyWhatTheQueryWantsIsAskedFor) {
  const FakeApi api({{kCore + "pods", {kJson, list("PodList", item("shop-1"))}}});
  core::ObjectsQuery query;
  query.with_services = query.with_endpoints = query.with_slices = false;
  EXPECT_EQ(read(api, query).pods.size(), 1U);
  EXPECT_THAT(api.targets(), ElementsAre(kCore + "pods"));
}

TEST(ApiObjects, PagesAreFollowedAndTheirTokenSaysTheVersion) {
  auto answers = four_lists(kAtSeven);
  answers[kCore + "pods" + kAtSeven].body = list("PodList", item("b"), "7", "more");
  answers[kCore + "pods?continue=more"] = {kJson, list("PodList", item("a"))};
  const auto objects = read(FakeApi(answers));
  ASSERT_EQ(objects.pods.size(), 2U);
  EXPECT_EQ(objects.pods[0].name, "a");
  EXPECT_EQ(objects.resource_version, "7");
}

TEST(ApiObjects, AListThatBeginsAnewTakesThePlaceOfWhatCameBefore) {
  auto answers = four_lists(kAtSeven);
  answers[kCore + "pods" + kAtSeven].body = list("PodList", item("gone"), "7", "more");
  answers[kCore + "pods?continue=more"] = refusal("410 Gone", 410, "Expired");
  answers[kCore + "pods"] = {kJson, list("PodList", item("new"), "8")};
  const auto objects = read(FakeApi(answers));
  ASSERT_EQ(objects.pods.size(), 1U);
  EXPECT_EQ(objects.pods[0].name, "new");
  EXPECT_EQ(objects.resource_version, "");
}

TEST(ApiObjects, ABrokenAnswerIsAnError) {
  auto answers = four_lists(kAtSeven);
  answers[kCore + "pods" + kAtSeven].body = R"({"kind":"PodList","items":[{"metadata":7}]})";
  const auto error = error_of([&] { read(FakeApi(answers)); });
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
}

}  // namespace
}  // namespace podreg::k8s
