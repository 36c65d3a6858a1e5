#include "k8s/object_writer.h"

#include <gmock/gmock.h>

#include <memory>
#include <set>

#include "core/json.h"
#include "k8s/kept_fields.h"
#include "k8s/snapshot_objects.h"
#include "tests/support/fake_streams.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

core::MetadataInfo info() {
  core::MetadataInfo info;
  info.app = "shop";
  core::ServiceInfo service;
  service.name = "com.example.A";
  service.protocol = "dubbo";
  service.port = 20880;
  service.path = "com.example.A";
  service.params = {{"side", "provider"}};
  info.services.emplace(service.match_key(), service);
  info.revision = info.compute_revision();
  return info;
}

core::PodObject pod() {
  core::PodObject pod;
  pod.ns = "prod";
  pod.name = "shop-1";
  pod.resource_version = "77";
  pod.labels = std::make_shared<core::Labels>(core::Labels{{"app", "shop"}});
  pod.annotation = R"({"a":"\u0000é"})";
  pod.foreign_annotations = {"dubbo.apache.org/a", "dubbo.io/annotation"};
  pod.terminating = true;
  pod.deletion_timestamp = "2026-11-25T01:09:09Z";
  pod.phase = "Running";
  pod.node = "n1";
  pod.service_account = "sa";
  pod.host_network = true;
  pod.hostname = "h";
  pod.addresses = {"10.0.0.1", "fd00::1"};
  core::Container app;
  app.name = "app";
  app.ports = {20880, 22222};
  app.ready = true;
  app.restarts = 3;
  app.state = "running";
  app.started = 1'795'568'949'000;
  app.hostname = "me";
  app.has_readiness_probe = true;
  core::Container waiting;
  waiting.name = "waits";
  waiting.state = "waiting";
  waiting.reason = "CrashLoopBackOff";
  waiting.hostname = "";
  core::Container ended;
  ended.name = "ended";
  ended.state = "terminated";
  ended.reason = "Completed";
  core::Container unknown;
  unknown.name = "unknown";
  pod.containers = {app, waiting, ended, unknown};
  pod.conditions = {{"gate", "Unknown", "Why", "because"}};
  pod.is_ready = true;
  return pod;
}

core::RegistryObjects everything() {
  core::RegistryObjects objects;
  objects.resource_version = "4711";
  objects.services = {{"prod",
                       "shop",
                       "ClusterIP",
                       {{"app", "shop"}},
                       {{"dubbo", "TCP", 20880, "20880"}, {"http", "UDP", 80, "web"}},
                       true,
                       {"IPv4", "IPv6"}}};
  objects.endpoints = {{"prod",
                        "shop",
                        {{{{"10.0.0.1", "shop-1", "n1"}, {"10.0.0.2", {}, ""}},
                          {{"10.0.0.3", "shop-3", "n2"}},
                          {{"dubbo", "TCP", 20880}}}},
                        true}};
  objects.slices = {{"prod",
                     "shop-x",
                     "shop",
                     "IPv4",
                     {{{"10.0.0.1", "shop-1", "n1"}, true}, {{"", {}, ""}, false}},
                     {{"dubbo", "TCP", 20880}}},
                    {"prod", "stray", "", "IPv6", {}, {}}};
  objects.pods = {pod()};
  objects.metadata = {info()};
  return objects;
}

std::string written(const core::RegistryObjects& objects) {
  tests::TextKeeper sink;
  k8s::write_objects(objects, sink);
  return sink.text();
}

core::RegistryObjects read_back(const std::string& text) {
  const tests::TemporaryFolder folder;
  return k8s::SnapshotObjects({folder.write("s.json", text)}).read({});
}

// What has keys of its own, or is told as a whole.
bool is_whole(const std::string& kind, const std::string& path) {
  return (kind == "Pod" && path == "metadata.labels") || path == "spec.selector" ||
         path == "items[].services" || path.ends_with("readinessProbe") || path.ends_with("env[]");
}

// The path of every value, as the table has it.
void collect_fields(const std::string& kind, const core::JsonValue& value, const std::string& path,
                    std::set<std::string>& fields) {
  if (is_whole(kind, path)) {
    fields.insert(path.ends_with("env[]") ? path.substr(0, path.size() - 1) + "HOSTNAME]" : path);
  } else if (value.IsArray()) {
    for (const auto& one : value.GetArray()) collect_fields(kind, one, path + "[]", fields);
  } else if (value.IsObject()) {
    const bool names = path == "metadata.annotations" || path == "metadata.labels";
    for (const auto& member : value.GetObject()) {
      const std::string key = member.name.GetString();
      const auto below = names ? path + "[" + key + "]" : path.empty() ? key : path + "." + key;
      collect_fields(kind, member.value, below, fields);
    }
  } else {
    fields.insert(path);
  }
}

TEST(ObjectWriter, WhatWasWrittenIsReadToTheSameAndWrittenToTheSame) {
  const auto objects = everything();
  const auto text = written(objects);
  const auto read = read_back(text);
  EXPECT_EQ(read.services, objects.services);
  EXPECT_EQ(read.endpoints, objects.endpoints);
  EXPECT_EQ(read.slices, objects.slices);
  ASSERT_EQ(read.pods.size(), 1U);
  EXPECT_TRUE(read.pods[0] == objects.pods[0]);
  EXPECT_EQ(read.resource_version, "4711");
  ASSERT_EQ(read.metadata.size(), 1U);
  EXPECT_EQ(read.metadata[0].to_json(), objects.metadata[0].to_json());
  EXPECT_EQ(written(read), text);
}

TEST(ObjectWriter, AnEmptyClusterIsAnEmptyList) {
  const auto text = written({});
  EXPECT_EQ(text, R"({"apiVersion":"v1","kind":"List","metadata":{"resourceVersion":""},"items":[)"
                  "\n]}\n");
  EXPECT_EQ(read_back(text).pods.size(), 0U);
}

TEST(ObjectWriter, EveryObjectIsALineSortedByItsKind) {
  const auto text = written(everything());
  std::vector<std::string> kinds;
  for (std::size_t line = text.find('\n'); text[line + 1] == '{';
       line = text.find('\n', line + 1)) {
    core::JsonDocument document;
    document.Parse<rapidjson::kParseStopWhenDoneFlag>(text.c_str() + line + 1);
    kinds.emplace_back(document["kind"].GetString());
  }
  EXPECT_THAT(kinds, testing::ElementsAre("EndpointSlice", "EndpointSlice", "Endpoints",
                                          "MetadataList", "Pod", "Service"));
}

TEST(ObjectWriter, TheTableOfKeptFieldsIsWhatIsWritten) {
  core::JsonDocument document;
  document.Parse(written(everything()).c_str());
  std::set<std::string> there;
  for (const auto& item : document["items"].GetArray()) {
    const std::string kind = item["kind"].GetString();
    std::set<std::string> fields;
    collect_fields(kind, item, "", fields);
    for (const auto& field : fields) {
      if (field != "kind" && field != "apiVersion") there.insert(kind + " " + field);
    }
  }
  std::set<std::string> said;
  for (const auto& [kind, field, why, redacted] : k8s::kept_fields()) {
    std::string name(field);
    if (name.ends_with("dubbo.apache.org/*]")) name.replace(name.size() - 2, 1, "a");
    said.insert(std::string(kind) + " " + name);
    EXPECT_FALSE(why.empty());
  }
  EXPECT_EQ(there, said);
}

TEST(ObjectWriter, OfSeveralMetadataInfosOfARevisionTheFirstIsKept) {
  auto objects = everything();
  auto other = info();
  other.app = "other";
  objects.metadata.push_back(other);
  EXPECT_EQ(written(objects), written(everything()));
}

TEST(ObjectWriter, AVersionThatIsNoNumberIsEscaped) {
  core::RegistryObjects objects;
  objects.resource_version = "\"\n";
  EXPECT_THAT(written(objects), HasSubstr(R"("resourceVersion":"\"\n"})"));
}

}  // namespace
}  // namespace podreg
