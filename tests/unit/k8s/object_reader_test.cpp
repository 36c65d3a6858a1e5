#include "k8s/object_reader.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/support/read_objects.h"

namespace podreg {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::Format;
using tests::read_objects;

std::vector<std::string> json(std::string_view text) {
  return read_objects(Format::json, text).lines;
}

constexpr std::string_view kEndpoints = R"({
  "apiVersion": "v1", "kind": "Endpoints",
  "metadata": {"name": "shop", "namespace": "prod"},
  "subsets": [{
    "addresses": [{"ip": "10.0.0.1", "nodeName": "n1", "targetRef": {"kind": "Pod", "name": "a"}},
                  {"ip": "10.0.0.2"}],
    "notReadyAddresses": [{"ip": "10.0.0.3", "targetRef": {"kind": "Pod", "name": "c"}}],
    "ports": [{"name": "dubbo", "port": 20880, "protocol": "TCP"}, {"port": 53, "protocol": "UDP"}]
  }]})";
constexpr std::string_view kEndpointsLine =
    "Endpoints prod/shop [ 10.0.0.1(a)@n1 10.0.0.2 not-ready:10.0.0.3(c)"
    " :20880/TCP/dubbo :53/UDP/ ]";

TEST(ObjectReader, ReadsEndpoints) { EXPECT_THAT(json(kEndpoints), ElementsAre(kEndpointsLine)); }

TEST(ObjectReader, PiecesOfAnySizeGiveTheSame) {
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 64U}) {
    EXPECT_THAT(read_objects(Format::json, kEndpoints, piece).lines, ElementsAre(kEndpointsLine));
  }
}

TEST(ObjectReader, ReadsAServiceAndTcpIsItsDefaultProtocol) {
  EXPECT_THAT(json(R"({"apiVersion": "v1", "kind": "Service",
                       "metadata": {"name": "shop", "namespace": "prod"},
                       "spec": {"type": "ClusterIP", "selector": {"tier": "web", "app": "shop"},
                                "ports": [{"name": "a", "port": 80, "targetPort": 8080},
                                          {"port": 81, "targetPort": "http", "protocol": "UDP"}]}})"),
              ElementsAre("Service prod/shop ClusterIP {app=shop,tier=web} a:80>8080/TCP"
                          " :81>http/UDP"));
}

TEST(ObjectReader, AnEndpointOfASliceIsReadyUnlessItSaysNo) {
  EXPECT_THAT(json(R"({"addressType": "IPv4", "apiVersion": "discovery.k8s.io/v1",
      "endpoints": [{"addresses": ["10.0.0.1", "10.9.9.9"], "nodeName": "n1",
                     "targetRef": {"name": "a"}},
                    {"addresses": ["10.0.0.2"], "conditions": {"ready": null}},
                    {"addresses": ["10.0.0.3"], "conditions": {"ready": false, "serving": true}}],
      "kind": "EndpointSlice",
      "metadata": {"labels": {"kubernetes.io/service-name": "shop"}, "name": "shop-x"},
      "ports": [{"name": "dubbo", "port": 20880, "protocol": "TCP"}]})"),
              ElementsAre("EndpointSlice /shop-x of shop IPv4 10.0.0.1(a)@n1 10.0.0.2"
                          " not-ready:10.0.0.3 :20880/TCP/dubbo"));
}

TEST(ObjectReader, APortOfASliceWithoutANumberIsLeftOut) {
  EXPECT_THAT(json(R"({"kind": "EndpointSlice", "metadata": {"name": "x"},
                       "ports": [{"name": "any", "port": null}, {"port": 1}]})"),
              ElementsAre("EndpointSlice /x of   :1/TCP/"));
}

TEST(ObjectReader, OfAPodOnlyNameLabelsAndAnnotationAreRead) {
  EXPECT_THAT(json(R"({"apiVersion": "v1", "kind": "Pod", "spec": {"ports": 5, "type": []},
                       "metadata": {"name": "a", "namespace": "prod", "managedFields": [{"a": {}}],
                                    "annotations": {"other": "x", "io.dubbo/metadata": "{}"},
                                    "labels": {"b": "2", "a": "1"}}})"),
              ElementsAre("Pod prod/a {a=1,b=2} {}"));
}

TEST(ObjectReader, AnnotationsKeepEscapesSurrogatesAndTheCharacterZero) {
  const auto lines = json(R"({"kind": "Pod", "metadata": {"name": "a", "annotations":
                              {"io.dubbo/metadata": "\"\\\n\u00e9\ud83d\ude00\u0000!"}}})");
  EXPECT_THAT(lines, ElementsAre(std::string("Pod /a {} \"\\\n\xc3\xa9\xf0\x9f\x98\x80\0!", 21)));
}

TEST(ObjectReader, NullIsAbsent) {
  EXPECT_THAT(json(R"({"kind": "List", "items": null})"), IsEmpty());
  EXPECT_THAT(json(R"({"kind": "Pod", "metadata": {"name": "a", "annotations": null, "labels": null,
                       "namespace": null}, "spec": null})"),
              ElementsAre("Pod /a {}"));
  EXPECT_THAT(json(R"({"kind": "Endpoints", "metadata": {"name": "a"}, "subsets": null})"),
              ElementsAre("Endpoints /a"));
  EXPECT_THAT(json(R"({"kind": "Pod", "metadata": {"name": "a", "annotations":
                       {"io.dubbo/metadata": null}, "labels": {"a": null}}})"),
              ElementsAre("Pod /a {a=}"));
}

TEST(ObjectReader, OnlyTheValueTruncatedMeansThatAddressesAreMissing) {
  const auto endpoints = [](const std::string& value) {
    return json(R"({"kind": "Endpoints", "metadata": {"name": "a", "annotations":
                    {"endpoints.kubernetes.io/over-capacity": ")" +
                value + R"("}}})");
  };
  EXPECT_THAT(endpoints("truncated"), ElementsAre("Endpoints /a truncated"));
  EXPECT_THAT(endpoints("warning"), ElementsAre("Endpoints /a"));
}

TEST(ObjectReader, OfAKeyThatIsThereTwiceTheLastCounts) {
  EXPECT_THAT(json(R"({"kind": "Pod", "metadata": {"name": "a", "name": "b",
                       "labels": {"x": "1", "a": "0", "x": "2"}}})"),
              ElementsAre("Pod /b {a=0,x=2}"));
  EXPECT_THAT(
      json(R"({"kind": "Service", "metadata": {"name": "a"}, "spec": {"selector": {"a": "1"},
                       "ports": [{"port": 1}], "selector": {"b": "2"}, "ports": [{"port": 2}]}})"),
      ElementsAre("Service /a  {b=2} :2>/TCP"));
}

TEST(ObjectReader, KindMayStandLastInAnObject) {
  EXPECT_THAT(json(R"({"subsets": [{"addresses": [{"ip": "10.0.0.1"}]}],
                       "metadata": {"name": "shop"}, "kind": "Endpoints", "apiVersion": "v1"})"),
              ElementsAre("Endpoints /shop [ 10.0.0.1 ]"));
}

TEST(ObjectReader, ItemsTakeTheirKindFromATypedListWhereverItStands) {
  constexpr std::string_view kItems =
      R"("items": [{"metadata": {"name": "a"}}, {"metadata": {"name": "b"}}])";
  for (const std::string kind : {"Pod", "Endpoints"}) {
    const auto head = fmt::format(R"("apiVersion": "v1", "kind": "{}List")", kind);
    const auto before = json(fmt::format("{{{},{}}}", head, kItems));
    EXPECT_EQ(before.size(), 2U);
    EXPECT_THAT(before[1], testing::StartsWith(kind + " /b"));
    EXPECT_EQ(json(fmt::format("{{{},{}}}", kItems, head)), before);
  }
}

TEST(ObjectReader, ItemsOfAMetadataListAreOfTheKindThatWasAskedFor) {
  constexpr std::string_view kList = R"({"kind": "PartialObjectMetadataList",
      "apiVersion": "meta.k8s.io/v1", "metadata": {"resourceVersion": "42", "continue": "more"},
      "items": [{"metadata": {"name": "a"}},
                {"kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1",
                 "metadata": {"name": "b"}}]})";
  const auto read = read_objects(Format::json, kList, 16, "Pod");
  EXPECT_THAT(read.lines, ElementsAre("Pod /a {}", "Pod /b {}"));
  EXPECT_EQ(read.summary.resource_version, "42");
  EXPECT_EQ(read.summary.continue_token, "more");
}

TEST(ObjectReader, ListsMayBeNestedAndDocumentsMayFollowEachOther) {
  EXPECT_THAT(json(R"([{"kind": "List", "items": [{"items": [{"kind": "Pod", "metadata":
                       {"name": "a"}}], "kind": "List"}]}]
                      {"kind": "Pod", "metadata": {"name": "b"}}
                      {"kind": "Pod", "metadata": {"name": "c"}})"),
              ElementsAre("Pod /a {}", "Pod /b {}", "Pod /c {}"));
}

TEST(ObjectReader, OtherKindsAndGroupsAreCountedAndSkipped) {
  const auto read = read_objects(Format::json, R"({"kind": "List", "items": [
      {"apiVersion": "serving.knative.dev/v1", "kind": "Service", "metadata": {"name": "a"}},
      {"kind": "Service", "spec": {"ports": 1}, "metadata": 5, "apiVersion": "serving.knative.dev/v1"},
      {"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"selector": {"a": {"b": [1]}}}},
      {"spec": {"selector": {"a": {"b": [1]}}}, "apiVersion": "apps/v1", "kind": "Deployment"},
      {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}}]})");
  EXPECT_THAT(read.lines, ElementsAre("Pod /p {}"));
  EXPECT_EQ(read.summary.objects, 5U);
  EXPECT_EQ(read.summary.known, 1U);
}

TEST(ObjectReader, AKindThatNobodyWantsIsSkippedButKnown) {
  tests::PiecewiseSource source(kEndpoints, 16);
  const auto summary = k8s::read_json(source, "file", "", {});
  EXPECT_EQ(summary.known, 1U);
}

TEST(ObjectReader, AByteOrderMarkIsSkipped) {
  EXPECT_THAT(json("\xef\xbb\xbf{\"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"}}"),
              ElementsAre("Pod /a {}"));
}

TEST(ObjectReader, AnEmptyListIsNoError) {
  EXPECT_EQ(read_objects(Format::json, R"({"kind": "List", "items": []})").summary.objects, 0U);
  EXPECT_EQ(read_objects(Format::json, R"({"kind": "PodList", "items": null})").summary.objects,
            0U);
}

}  // namespace
}  // namespace podreg
