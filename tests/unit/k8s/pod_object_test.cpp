// What is read of a pod for a diagnosis.
#include <gmock/gmock.h>

#include <memory>

#include "k8s/object_reader.h"
#include "tests/support/piecewise_source.h"
#include "tests/support/read_objects.h"
#include "tests/unit/k8s/caught.h"

namespace podreg {
namespace {

using core::Container;
using core::PodCondition;
using core::PodObject;
using testing::ElementsAre;
using testing::IsEmpty;
using tests::Format;

std::vector<PodObject> pods(std::string_view text, Format format = Format::json,
                            std::size_t piece = 1 << 16) {
  std::vector<PodObject> read;
  k8s::ObjectSink sink;
  sink.pod_object = [&](PodObject&& pod) { read.push_back(std::move(pod)); };
  tests::PiecewiseSource source(text, piece);
  if (format == Format::json) {
    k8s::read_json(source, "file", "", sink);
  } else {
    k8s::read_yaml(source, "file", sink);
  }
  return read;
}

// Of a pod that has nothing but a name and this.
PodObject pod_with(const std::string& part) {
  return pods(R"({"kind": "Pod", "metadata": {"name": "a"}, )" + part + "}").at(0);
}
std::optional<std::string> hostname_of(const std::string& env) {
  return pod_with(R"("spec": {"containers": [{"name": "app", "env": )" + env + "}]}")
      .containers.at(0)
      .hostname;
}

constexpr std::string_view kJson = R"({
  "apiVersion": "v1", "kind": "Pod",
  "metadata": {
    "annotations": {"dubbo.io/annotation": "x", "dubbo.apache.org/b": "y", "other": "z",
                    "dubbo.apache.org/a": "", "io.dubbo/metadata": "{\"a\":\"b\"}"},
    "deletionTimestamp": "2026-11-25T01:09:09Z",
    "labels": {"b": "2", "a": "1"},
    "managedFields": [{"fieldsV1": {"f:spec": {"f:hostname": {}}}}],
    "name": "shop-1", "namespace": "prod", "resourceVersion": "77"},
  "spec": {
    "containers": [
      {"name": "app", "image": "x", "args": ["-c"],
       "env": [{"name": "A", "value": "1"}, {"name": "HOSTNAME", "value": "me"},
               {"name": "B", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}],
       "ports": [{"containerPort": 20880, "name": "dubbo", "protocol": "TCP"},
                 {"containerPort": 22222}],
       "readinessProbe": {"tcpSocket": {"port": 20880}, "periodSeconds": 5}},
      {"name": "log"}],
    "hostNetwork": true, "hostname": "h", "nodeName": "n1", "serviceAccountName": "sa",
    "volumes": [{"name": "v"}]},
  "status": {
    "conditions": [
      {"type": "Ready", "status": "False", "reason": "ContainersNotReady", "message": "app"},
      {"type": "PodScheduled", "status": "True"}],
    "containerStatuses": [
      {"name": "log", "ready": true, "restartCount": 0,
       "state": {"running": {"startedAt": "2026-11-25T01:09:09Z"}}},
      {"name": "app", "ready": false, "restartCount": 7,
       "lastState": {"terminated": {"reason": "Error"}},
       "state": {"waiting": {"reason": "CrashLoopBackOff", "message": "m"}}},
      {"name": "gone", "ready": true, "restartCount": 0}],
    "phase": "Running", "podIP": "10.0.0.1",
    "podIPs": [{"ip": "10.0.0.1"}, {"ip": "fd00::1"}]}})";

constexpr std::string_view kYaml = R"(
status:
  podIPs: [{ip: 10.0.0.1}, {ip: "fd00::1"}]
  podIP: 10.0.0.1
  phase: Running
  containerStatuses:
  - name: gone
    ready: true
  - name: app
    ready: false
    restartCount: 7
    state: {waiting: {reason: CrashLoopBackOff}}
  - name: log
    ready: true
    restartCount: 0
    state: {running: {startedAt: 2026-11-25T01:09:09Z}}
  conditions:
  - {status: "False", type: Ready, reason: ContainersNotReady, message: app}
  - {status: "True", type: PodScheduled}
spec:
  serviceAccountName: sa
  nodeName: n1
  hostname: h
  hostNetwork: true
  containers:
  - readinessProbe: {periodSeconds: 5}
    ports: [{containerPort: 20880}, {containerPort: 22222}]
    name: app
    env: [{value: me, name: HOSTNAME}]
  - name: log
metadata:
  resourceVersion: "77"
  namespace: prod
  name: shop-1
  labels: {a: "1", b: "2"}
  deletionTimestamp: 2026-11-25T01:09:09Z
  annotations: {io.dubbo/metadata: '{"a":"b"}', dubbo.apache.org/a: q, dubbo.apache.org/b: q,
                dubbo.io/annotation: q}
kind: Pod
apiVersion: v1
)";

PodObject expected() {
  PodObject pod;
  pod.ns = "prod";
  pod.name = "shop-1";
  pod.resource_version = "77";
  pod.labels = std::make_shared<core::Labels>(core::Labels{{"a", "1"}, {"b", "2"}});
  pod.annotation = R"({"a":"b"})";
  pod.foreign_annotations = {"dubbo.apache.org/a", "dubbo.apache.org/b", "dubbo.io/annotation"};
  pod.terminating = true;
  pod.deletion_timestamp = "2026-11-25T01:09:09Z";
  pod.phase = "Running";
  pod.node = "n1";
  pod.service_account = "sa";
  pod.host_network = true;
  pod.hostname = "h";
  pod.addresses = {"10.0.0.1", "fd00::1"};
  pod.containers = {{.name = "app",
                     .ports = {20880, 22222},
                     .ready = false,
                     .restarts = 7,
                     .state = "waiting",
                     .reason = "CrashLoopBackOff",
                     .started = {},
                     .hostname = "me",
                     .has_readiness_probe = true},
                    {.name = "log",
                     .ports = {},
                     .ready = true,
                     .restarts = 0,
                     .state = "running",
                     .reason = "",
                     .started = 1'795'568'949'000,
                     .hostname = {}}};
  pod.conditions = {{"Ready", "False", "ContainersNotReady", "app"}};
  return pod;
}

TEST(PodObject, IsReadFromJsonInPiecesOfAnySize) {
  for (const std::size_t piece : {1U, 7U, 1U << 16U}) {
    const auto read = pods(kJson, Format::json, piece);
    ASSERT_EQ(read.size(), 1U);
    EXPECT_TRUE(read[0] == expected());
  }
}

TEST(PodObject, IsReadFromYamlWhateverTheOrderOfItsKeys) {
  const auto read = pods(kYaml, Format::yaml);
  ASSERT_EQ(read.size(), 1U);
  EXPECT_TRUE(read[0] == expected());
}

TEST(PodObject, IsReadFromATypedList) {
  const auto read = pods(R"({"apiVersion": "v1", "kind": "PodList", "items": [
      {"metadata": {"name": "a"}, "spec": {"nodeName": "n"}},
      {"metadata": {"name": "b"}, "status": {"phase": "Failed"}}]})");
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].node, "n");
  EXPECT_THAT(*read[0].labels, IsEmpty());
  EXPECT_EQ(read[1].phase, "Failed");
  EXPECT_EQ(read[1].node, "");
}

TEST(PodObject, OneAddressIsEnoughWhereThereIsNoList) {
  EXPECT_THAT(pod_with(R"("status": {"podIP": "10.0.0.1"})").addresses, ElementsAre("10.0.0.1"));
  EXPECT_THAT(pod_with(R"("status": {"podIP": "10.0.0.1", "podIPs": []})").addresses,
              ElementsAre("10.0.0.1"));
}

TEST(PodObject, IsReadyWhenItsConditionSaysSo) {
  const auto pod = pod_with(R"("status": {"conditions": [{"type": "Ready", "status": "True"},
                                                         {"type": "gate", "status": "Unknown"}]})");
  EXPECT_TRUE(pod.is_ready);
  EXPECT_THAT(pod.conditions, ElementsAre(PodCondition{"gate", "Unknown", "", ""}));
  EXPECT_FALSE(pod_with(R"("status": {})").is_ready);
}

TEST(PodObject, HostnameIsWhatTheEnvironmentSetsLast) {
  EXPECT_EQ(hostname_of(R"([{"name": "HOST", "value": "x"}])"), std::nullopt);
  EXPECT_EQ(hostname_of(R"([{"name": "HOSTNAME", "value": "x"}])"), "x");
  EXPECT_EQ(hostname_of(R"([{"name": "HOSTNAME", "value": "x"}, {"name": "HOSTNAME"}])"), "");
}

TEST(PodObject, HostnameFromThePodsNameIsThatName) {
  const std::string name_of_pod =
      R"({"name": "HOSTNAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}})";
  EXPECT_EQ(hostname_of("[" + name_of_pod + "]"), "a");
  EXPECT_EQ(hostname_of("[" + name_of_pod + R"(, {"name": "HOSTNAME", "value": "x"}])"), "x");
  EXPECT_EQ(hostname_of(R"([{"name": "HOSTNAME",
                             "valueFrom": {"fieldRef": {"fieldPath": "spec.nodeName"}}}])"),
            "");
}

TEST(PodObject, ACountOrAPortThatIsNoneIsAnError) {
  const auto message = [](const std::string& part) {
    return tests::caught([&] { pod_with(part); }).message;
  };
  EXPECT_THAT(
      message(R"("status": {"containerStatuses": [{"restartCount": "1"}]})"),
      testing::HasSubstr(
          "Pod a: status.containerStatuses.restartCount is text instead of a whole number"));
  EXPECT_THAT(message(R"("status": {"containerStatuses": [{"restartCount": 99999999999}]})"),
              testing::HasSubstr("restartCount is not a count"));
  EXPECT_THAT(message(R"("spec": {"containers": [{"ports": [{"containerPort": 0}]}]})"),
              testing::HasSubstr("containerPort is not a port between 1 and 65535"));
}

TEST(PodObject, OtherReadersOfPodsDoNotLookAtItsParts) {
  EXPECT_THAT(
      tests::read_objects(Format::json, R"({"kind": "Pod", "spec": {"containers": 5, "env": []},
          "metadata": {"name": "a"}, "status": {"podIPs": 7}})")
          .lines,
      ElementsAre("Pod /a {}"));
}

TEST(PodObject, AServiceSaysWhetherItPublishesPodsThatAreNotReady) {
  std::vector<core::Service> services;
  k8s::ObjectSink sink;
  sink.service = [&](core::Service&& one) { services.push_back(std::move(one)); };
  tests::PiecewiseSource source(R"({"kind": "ServiceList", "apiVersion": "v1", "items": [
      {"metadata": {"name": "a"}, "spec": {"publishNotReadyAddresses": true,
                                           "ipFamilies": ["IPv6", "IPv4"]}},
      {"metadata": {"name": "b"}, "spec": {"ipFamilies": null}}]})",
                                1 << 16);
  k8s::read_json(source, "file", "", sink);
  ASSERT_EQ(services.size(), 2U);
  EXPECT_TRUE(services[0].publish_not_ready);
  EXPECT_THAT(services[0].ip_families, ElementsAre("IPv6", "IPv4"));
  EXPECT_FALSE(services[1].publish_not_ready);
  EXPECT_THAT(services[1].ip_families, IsEmpty());
}

}  // namespace
}  // namespace podreg
