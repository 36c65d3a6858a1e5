#include <gmock/gmock.h>

#include "core/error.h"
#include "tests/unit/k8s/fake_api.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::ElementsAre;
using testing::HasSubstr;

std::string pod_json(const std::string& version, const std::string& phase = "Running") {
  return R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":"p","namespace":"demo",)"
         R"("resourceVersion":")" +
         version + R"(","annotations":{"a":"b"}},"status":{"phase":")" + phase + "\"}}";
}

std::string status_json(const std::string& reason, const std::string& message,
                        const std::string& details = "{}") {
  return R"({"kind":"Status","apiVersion":"v1","reason":")" + reason + R"(","message":")" +
         message + R"(","details":)" + details + "}";
}

constexpr const char* kPod = "/api/v1/namespaces/demo/pods/p";
constexpr const char* kPatchPod = "PATCH /api/v1/namespaces/demo/pods/p?fieldManager=podreg";

core::Pod read_at(const std::string& version) {
  core::Pod pod;
  pod.ns = "demo";
  pod.name = "p";
  pod.resource_version = version;
  pod.has_annotations = true;
  pod.annotation = "old";
  return pod;
}

TEST(ApiClusterPod, IsReadAsAWhole) {
  const FakeApi api({{kPod, {kJson, pod_json("7", "Pending")}}});
  ApiCluster cluster(api.connection());
  const auto pod = cluster.pod("demo", "p");
  ASSERT_TRUE(pod);
  EXPECT_EQ(pod->resource_version, "7");
  EXPECT_EQ(pod->phase, "Pending");
  EXPECT_TRUE(pod->has_annotations);
  EXPECT_EQ(pod->annotation, std::nullopt);
  EXPECT_EQ(cluster.pod("demo", "q"), std::nullopt);
}

TEST(ApiClusterPod, OneThatMayNotBeReadIsAnError) {
  const FakeApi api(
      {{kPod,
        {kJson, status_json("Forbidden", R"(User \"bob\" cannot get it)"), "403 Forbidden"}}});
  ApiCluster cluster(api.connection());
  const auto error = error_of([&] { cluster.pod("demo", "p"); });
  EXPECT_EQ(error.kind(), ErrorKind::not_allowed);
  EXPECT_STREQ(error.what(), R"(user "bob" may not get pod "p" in namespace "demo")");
}

TEST(ApiClusterAnnotate, SendsOnePatchAndReturnsTheNewVersion) {
  const FakeApi api(
      {{kPatchPod,
        {kJson, R"({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1",)"
                R"("metadata":{"name":"p","namespace":"demo","resourceVersion":"8"}})"}}});
  ApiCluster cluster(api.connection());
  EXPECT_EQ(cluster.annotate(read_at("7"), "new", {}), "8");
  EXPECT_THAT(api.targets(), ElementsAre(kPatchPod));
  EXPECT_THAT(api.last_request(),
              HasSubstr("\r\nAccept: application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,"
                        "application/json\r\n"));
  EXPECT_THAT(api.last_request(), HasSubstr("\r\nContent-Type: application/json-patch+json\r\n"));
  EXPECT_THAT(
      api.last_request(),
      testing::EndsWith(
          R"([{"op":"add","path":"/metadata/annotations/io.dubbo~1metadata","value":"new"},)"
          R"({"op":"add","path":"/metadata/resourceVersion","value":"7"}])"));
}

TEST(ApiClusterAnnotate, ADryRunAndAFieldManagerAreParameters) {
  const std::string target = "PATCH /api/v1/namespaces/demo/pods/p?dryRun=All&fieldManager=a%26b";
  const FakeApi api({{target, {kJson, pod_json("7")}}});
  ApiCluster cluster(api.connection());
  EXPECT_EQ(cluster.annotate(read_at("7"), std::nullopt, {core::DryRun::server, "a&b"}), "7");
  EXPECT_THAT(api.last_request(), HasSubstr(R"([{"op":"remove","path":)"));
}

TEST(ApiClusterAnnotate, WhatIsNotThereIsNotRemoved) {
  const FakeApi api({});
  ApiCluster cluster(api.connection());
  core::Pod pod = read_at("7");
  pod.annotation.reset();
  EXPECT_EQ(cluster.annotate(pod, std::nullopt, {}), "7");
  EXPECT_THAT(api.targets(), testing::IsEmpty());
}

// What annotate() says to such an answer, while the pod is at version 8.
core::Error annotate_error(const std::string& status, const std::string& body) {
  const FakeApi api({{kPatchPod, {kJson, body, status}}, {kPod, {kJson, pod_json("8")}}});
  ApiCluster cluster(api.connection());
  return error_of([&] { cluster.annotate(read_at("8"), "new", {}); });
}

TEST(ApiClusterAnnotate, APodThatIsGoneIsNotFound) {
  const auto error = annotate_error("404 Not Found", not_found("p"));
  EXPECT_EQ(error.kind(), ErrorKind::not_found);
  EXPECT_STREQ(error.what(), R"(pod "p" not found in namespace "demo")");
}

TEST(ApiClusterAnnotate, AnotherVersionIsAConflict) {
  const auto error = annotate_error(
      "409 Conflict", status_json("Conflict", "the object has been modified", R"({"name":"p"})"));
  EXPECT_EQ(error.kind(), ErrorKind::conflict);
  EXPECT_THAT(error.what(), HasSubstr("answered 409: the object has been modified"));
}

TEST(ApiClusterAnnotate, WhoMayNotPatchIsTold) {
  const auto error =
      annotate_error("403 Forbidden", status_json("Forbidden", R"(User \"bob\" cannot patch it)"));
  EXPECT_EQ(error.kind(), ErrorKind::not_allowed);
  EXPECT_STREQ(error.what(), R"(user "bob" may not patch pod "p" in namespace "demo")");
  EXPECT_THAT(error.hint(), HasSubstr(R"(resources: ["pods"], verbs: ["patch"])"));
}

TEST(ApiClusterAnnotate, WhatTheServerRefusesIsSaidInItsWords) {
  for (const std::string status : {"400 Bad Request", "422 Unprocessable Entity"}) {
    const auto error =
        annotate_error(status, status_json("Invalid", "metadata.annotations: Too long"));
    EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
    EXPECT_THAT(error.what(), HasSubstr("metadata.annotations: Too long"));
  }
}

TEST(ApiClusterAnnotate, APatchThatNoLongerFitsIsAConflictOrAPodThatIsGone) {
  const Answer unfit{kJson, status_json("Invalid", "the server rejected our request"),
                     "422 Unprocessable Entity"};
  const FakeApi changed({{kPatchPod, unfit}, {kPod, {kJson, pod_json("8")}}});
  ApiCluster with_changed(changed.connection());
  EXPECT_EQ(error_of([&] { with_changed.annotate(read_at("7"), std::nullopt, {}); }).kind(),
            ErrorKind::conflict);

  const FakeApi gone({{kPatchPod, unfit}});
  ApiCluster with_gone(gone.connection());
  EXPECT_EQ(error_of([&] { with_gone.annotate(read_at("7"), std::nullopt, {}); }).kind(),
            ErrorKind::not_found);
}

TEST(ApiClusterAnnotate, ALoginPageInPlaceOfThePodIsAnError) {
  const FakeApi api({{kPatchPod, {"text/html", "<html>Sign in</html>"}}});
  ApiCluster cluster(api.connection());
  EXPECT_THAT(error_of([&] { cluster.annotate(read_at("7"), "new", {}); }).what(),
              HasSubstr("text/html, not JSON"));
}

}  // namespace
}  // namespace podreg::k8s
