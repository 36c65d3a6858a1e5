#include "k8s/api_cluster.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "tests/support/http2_peer.h"
#include "tests/support/protobuf_writer.h"
#include "tests/unit/k8s/fake_api.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::ElementsAre;
using testing::HasSubstr;
using tests::Peer;
using tests::RawServer;

constexpr const char* kProtobufType =
    "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

std::string service(const std::string& ns, const std::string& name) {
  return R"({"kind":"Service","apiVersion":"v1","metadata":{"name":")" + name +
         R"(","namespace":")" + ns + R"("},"spec":{"selector":{"app":")" + name + "\"}}}";
}

std::string endpoints(const std::string& ns, const std::string& name) {
  return R"({"kind":"Endpoints","apiVersion":"v1","metadata":{"name":")" + name +
         R"(","namespace":")" + ns +
         R"("},"subsets":[{"addresses":[{"ip":"10.0.0.1"}],"ports":[{"port":20880}]}]})";
}

std::string slice(const std::string& ns, const std::string& service_name, const std::string& ip) {
  return R"({"kind":"EndpointSlice","apiVersion":"discovery.k8s.io/v1","metadata":{"name":"s-)" +
         ip + R"(","namespace":")" + ns + R"(","labels":{"kubernetes.io/service-name":")" +
         service_name + R"("}},"addressType":"IPv4","endpoints":[{"addresses":[")" + ip +
         R"("]}],"ports":[{"port":20880}]})";
}

std::string list(const std::string& kind, const std::string& items, const std::string& token = "") {
  const std::string version = kind == "EndpointSliceList" ? "discovery.k8s.io/v1" : "v1";
  return R"({"kind":")" + kind + R"(","apiVersion":")" + version +
         R"(","metadata":{"resourceVersion":"7","continue":")" + token + R"("},"items":[)" + items +
         "]}";
}

std::vector<std::string> names(const std::vector<core::ServiceState>& states) {
  std::vector<std::string> result;
  result.reserve(states.size());
  for (const auto& state : states) {
    result.push_back(state.ns + "/" + state.name + (state.service ? " S" : "") +
                     (state.endpoints ? " E" : ""));
  }
  return result;
}

std::vector<std::string> pod_names(ApiCluster& cluster, const core::PodQuery& query) {
  std::vector<std::string> result;
  cluster.pods(query, [&](const core::PodView& pod) {
    std::string text = std::string(pod.ns) + "/" + std::string(pod.name);
    if (pod.annotation) text += " " + std::string(*pod.annotation);
    if (pod.labels != nullptr) text += " " + core::to_string(*pod.labels);
    result.push_back(text);
  });
  return result;
}

TEST(ApiClusterServices, ANamedServiceAndItsEndpointsAreTwoRequests) {
  const FakeApi api(
      {{"/api/v1/namespaces/demo/services/shop", {kJson, service("demo", "shop")}},
       {"/api/v1/namespaces/demo/endpoints/shop", {kJson, endpoints("demo", "shop")}}});
  ApiCluster cluster(api.connection());
  const auto states = cluster.services({"demo", "shop"});
  EXPECT_THAT(names(states), ElementsAre("demo/shop S E"));
  EXPECT_EQ(states[0].service->selector, (core::Labels{{"app", "shop"}}));
  EXPECT_EQ(states[0].endpoints->subsets.at(0).addresses.at(0).ip, "10.0.0.1");
  EXPECT_EQ(api.targets().size(), 2U);
}

TEST(ApiClusterServices, WhatDoesNotExistIsAnEmptyAnswer) {
  const FakeApi api(
      {{"/api/v1/namespaces/demo/endpoints/alone", {kJson, endpoints("demo", "alone")}}});
  ApiCluster cluster(api.connection());
  EXPECT_THAT(cluster.services({"demo", "none"}), testing::IsEmpty());
  EXPECT_THAT(names(cluster.services({"demo", "alone"})), ElementsAre("demo/alone E"));
}

TEST(ApiClusterServices, SlicesOfANamedServiceAreAskedForByTheirLabel) {
  const FakeApi api({{"/api/v1/namespaces/demo/services/shop", {kJson, service("demo", "shop")}},
                     {"/apis/discovery.k8s.io/v1/namespaces/demo/endpointslices"
                      "?labelSelector=kubernetes.io%2Fservice-name%3Dshop",
                      {kJson, list("EndpointSliceList", slice("demo", "shop", "10.0.0.1") + "," +
                                                            slice("demo", "shop", "10.0.0.2"))}}});
  ApiCluster cluster(api.connection());
  const auto states = cluster.services({"demo", "shop", core::EndpointSource::endpointslices});
  EXPECT_THAT(names(states), ElementsAre("demo/shop S E"));
  EXPECT_EQ(states[0].endpoints->subsets.size(), 2U);
}

TEST(ApiClusterServices, AllServicesOfANamespaceAreTwoLists) {
  const FakeApi api(
      {{"/api/v1/namespaces/demo/services",
        {kJson, list("ServiceList", service("demo", "b") + "," + service("demo", "a"))}},
       {"/api/v1/namespaces/demo/endpoints",
        {kJson, list("EndpointsList", endpoints("demo", "a") + "," + endpoints("demo", "z"))}}});
  ApiCluster cluster(api.connection());
  EXPECT_THAT(names(cluster.services({"demo", {}})),
              ElementsAre("demo/a S E", "demo/b S", "demo/z E"));
  EXPECT_EQ(api.targets().size(), 2U);
}

TEST(ApiClusterServices, ANameInAllNamespacesIsAFieldSelector) {
  const FakeApi api(
      {{"/api/v1/services?fieldSelector=metadata.name%3Dshop",
        {kJson, list("ServiceList", service("two", "shop") + "," + service("one", "shop"))}},
       {"/apis/discovery.k8s.io/v1/endpointslices"
        "?labelSelector=kubernetes.io%2Fservice-name%3Dshop",
        {kJson, list("EndpointSliceList", slice("one", "shop", "10.0.0.1"))}}});
  ApiCluster cluster(api.connection());
  EXPECT_THAT(names(cluster.services({{}, "shop", core::EndpointSource::endpointslices})),
              ElementsAre("one/shop S E", "two/shop S"));
}

TEST(ApiClusterServices, EmptyListsAreAnEmptyAnswer) {
  const FakeApi api({{"/api/v1/services", {kJson, list("ServiceList", "")}},
                     {"/api/v1/endpoints", {kJson, list("EndpointsList", "")}}});
  ApiCluster cluster(api.connection());
  EXPECT_THAT(cluster.services({}), testing::IsEmpty());
}

TEST(ApiClusterServices, FurtherPagesAreFollowed) {
  const FakeApi api(
      {{"/api/v1/services", {kJson, list("ServiceList", service("demo", "a"), "p2/+")}},
       {"/api/v1/services?continue=p2%2F%2B", {kJson, list("ServiceList", service("demo", "b"))}},
       {"/api/v1/endpoints", {kJson, list("EndpointsList", "")}}});
  ApiCluster cluster(api.connection());
  EXPECT_THAT(names(cluster.services({})), ElementsAre("demo/a S", "demo/b S"));
}

TEST(ApiClusterServices, APageThatPointsToItselfIsAnError) {
  const FakeApi api(
      {{"/api/v1/services", {kJson, list("ServiceList", "", "again")}},
       {"/api/v1/services?continue=again", {kJson, list("ServiceList", "", "again")}}});
  ApiCluster cluster(api.connection());
  EXPECT_THAT(error_of([&] { cluster.services({}); }).what(), HasSubstr("repeats a page"));
}

TEST(ApiClusterServices, ALoginPageInPlaceOfJsonIsAnErrorThatNamesIt) {
  const FakeApi api(
      {{"/api/v1/namespaces/demo/services/shop", {"text/html", "<html>Sign in</html>"}}});
  ApiCluster cluster(api.connection());
  const auto error = error_of([&] { cluster.services({"demo", "shop"}); });
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), HasSubstr("text/html, not JSON"));
}

TEST(ApiClusterServices, AnotherKindThanAskedForIsAnError) {
  const FakeApi api(
      {{"/api/v1/namespaces/demo/services/shop",
        {kJson, R"({"kind":"Secret","apiVersion":"v1","metadata":{"name":"shop"}})"}}});
  ApiCluster cluster(api.connection());
  const auto error = error_of([&] { cluster.services({"demo", "shop"}); });
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), HasSubstr("holds no Service"));
}

TEST(ApiClusterServices, AnAnswerThatIsCutShortIsAnError) {
  const std::string whole = list("ServiceList", service("demo", "a"));
  const FakeApi api({{"/api/v1/services", {kJson, whole.substr(0, whole.size() - 2)}}});
  tests::FakeClock clock;
  ApiCluster cluster(api.connection(), quick(clock));
  const auto error = error_of([&] { cluster.services({}); });
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), HasSubstr("services in all namespaces"));
}

TEST(ApiClusterServices, RefusalsOfEitherRequestAreErrors) {
  const std::string forbidden =
      R"({"kind":"Status","apiVersion":"v1","message":"User \"bob\" cannot get resource","code":403})";
  const FakeApi api(
      {{"/api/v1/namespaces/demo/services/shop", {kJson, service("demo", "shop")}},
       {"/api/v1/namespaces/demo/endpoints/shop", {kJson, forbidden, "403 Forbidden"}}});
  ApiCluster cluster(api.connection());
  const auto error = error_of([&] { cluster.services({"demo", "shop"}); });
  EXPECT_EQ(error.kind(), ErrorKind::not_allowed);
  EXPECT_STREQ(error.what(), R"(user "bob" may not get endpoints "shop" in namespace "demo")");
}

TEST(ApiClusterServices, WarningsOfTheServerAreShownOnceEach) {
  const std::string headers =
      "Warning: 299 - \"v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 "
      "EndpointSlice\"\r\n"
      "Warning: 299 - \"something else\"\r\n";
  const FakeApi api({{"/api/v1/services", {kJson, list("ServiceList", ""), "200 OK", headers}},
                     {"/api/v1/endpoints", {kJson, list("EndpointsList", ""), "200 OK", headers}}});
  std::vector<std::string> shown;
  ApiOptions options;
  options.on_warning = [&](const std::string& text) { shown.push_back(text); };
  ApiCluster cluster(api.connection(), std::move(options));
  cluster.services({});
  EXPECT_THAT(shown, ElementsAre("something else"));
}

std::vector<tests::PodFields> two_pods() {
  return {{"demo", "shop-1", {{"app", "shop"}}, {{"io.dubbo/metadata", "{}"}}},
          {"demo", "shop-2", {{"app", "shop"}}, {}}};
}

TEST(ApiClusterPods, AreAskedForAsMetadataInProtobuf) {
  const FakeApi api({{"/api/v1/namespaces/demo/pods?labelSelector=app%3Dshop%2Ctier%3Dweb",
                      {kProtobufType, tests::pod_list(two_pods())}}});
  ApiCluster cluster(api.connection());
  EXPECT_THAT(pod_names(cluster, {"demo", {{"app", "shop"}, {"tier", "web"}}}),
              ElementsAre("demo/shop-1 {}", "demo/shop-2"));
  EXPECT_THAT(
      api.last_request(),
      HasSubstr("\r\nAccept: application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;"
                "g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadataList;g=meta.k8s.io;"
                "v=v1,application/json\r\n"));
}

TEST(ApiClusterPods, JsonIsReadWhenTheServerAnswersWithThat) {
  const std::string metadata =
      R"({"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":{},"items":[)"
      R"({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"shop-1",)"
      R"("namespace":"demo","labels":{"app":"shop"},"annotations":{"io.dubbo/metadata":"{}"}}}]})";
  const std::string full =
      list("PodList", R"({"metadata":{"name":"shop-1","namespace":"demo","labels":{"app":"shop"},)"
                      R"("annotations":{"io.dubbo/metadata":"{}"}},"spec":{"containers":[]}})");
  for (const auto& body : {metadata, full}) {
    const FakeApi api({{"/api/v1/pods", {kJson, body}}});
    ApiCluster cluster(api.connection());
    EXPECT_THAT(pod_names(cluster, {}), ElementsAre("demo/shop-1 {}"));
    EXPECT_THAT(pod_names(cluster, {{}, {}, true}), ElementsAre("demo/shop-1 {} app=shop"));
  }
}

TEST(ApiClusterPods, FurtherPagesAreFollowed) {
  const FakeApi api(
      {{"/api/v1/pods", {kProtobufType, tests::pod_list({{"demo", "a", {}, {}}}, "2")}},
       {"/api/v1/pods?continue=2", {kProtobufType, tests::pod_list({{"demo", "b", {}, {}}})}}});
  ApiCluster cluster(api.connection());
  EXPECT_THAT(pod_names(cluster, {}), ElementsAre("demo/a", "demo/b"));
}

TEST(ApiClusterPods, AListThatIsCutShortIsAnErrorAndNoShorterList) {
  const std::string whole = tests::pod_list(two_pods());
  for (const std::size_t size : {whole.size() / 3, whole.size() / 2, whole.size() - 10}) {
    const FakeApi api({{"/api/v1/pods", {kProtobufType, whole.substr(0, size)}}});
    tests::FakeClock clock;
    ApiCluster cluster(api.connection(), quick(clock));
    const auto error = error_of([&] { pod_names(cluster, {}); });
    EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
    EXPECT_THAT(error.what(), HasSubstr("with pods in all namespaces is cut short after"));
  }
}

TEST(ApiClusterPods, AnHttp2StreamThatEndsTooEarlyIsAnError) {
  const std::string whole = tests::pod_list(two_pods());
  const auto identity = tests::make_identity();
  for (const bool reset : {false, true}) {
    const RawServer server(
        [&](Peer& peer) {
          tests::Http2Peer http2(peer);
          for (std::uint32_t stream = 1; http2.wait_for_request(stream); stream += 2) {
            http2.headers(stream, kProtobufType);
            http2.data(stream, whole.substr(0, whole.size() / 2), !reset);
            if (reset) http2.reset_stream(stream, 0);
          }
        },
        identity, true);
    Connection connection;
    connection.server = server.url();
    connection.ca_pem = identity.certificate;
    tests::FakeClock clock;
    ApiCluster cluster(connection, quick(clock));
    EXPECT_NE(error_of([&] { pod_names(cluster, {}); }).kind(), ErrorKind::usage);
  }
}

TEST(ApiClusterPods, OfANamespaceThatDoesNotExistAreNone) {
  const FakeApi api({{"/api/v1/namespaces/none/pods", {kProtobufType, tests::pod_list({})}}});
  ApiCluster cluster(api.connection());
  EXPECT_THAT(pod_names(cluster, {"none", {}}), testing::IsEmpty());
}

TEST(ApiClusterPods, AThrowingSinkEndsTheRequestAndLeavesTheClusterUsable) {
  const FakeApi api({{"/api/v1/pods", {kProtobufType, tests::pod_list(two_pods())}}});
  ApiCluster cluster(api.connection());
  EXPECT_THROW(cluster.pods({}, [](const core::PodView&) { throw std::runtime_error("enough"); }),
               std::runtime_error);
  EXPECT_EQ(pod_names(cluster, {}).size(), 2U);
}

TEST(ApiCluster, AnAddressThatCannotBeUsedIsAnErrorAtOnce) {
  Connection connection;
  connection.server = "not a URL";
  EXPECT_THROW(ApiCluster cluster(connection), core::Error);
}

}  // namespace
}  // namespace podreg::k8s
