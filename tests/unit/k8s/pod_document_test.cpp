#include "k8s/pod_document.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "core/error.h"
#include "core/json.h"
#include "tests/support/piecewise_source.h"
#include "tests/unit/k8s/caught.h"

namespace podreg::k8s {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

core::Pod read(const std::string& text, std::size_t piece = 7) {
  tests::PiecewiseSource source(text, piece);
  return read_pod(source, "the answer");
}

std::string message_of(const std::string& text) {
  return tests::caught([&] { read(text, 1 << 16); }).message;
}

TEST(ReadPod, WhatAChangeOfARegistrationNeeds) {
  const auto pod = read(
      R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":"p","namespace":"demo",)"
      R"("resourceVersion":"7","deletionTimestamp":"2026-01-01T00:00:00Z",)"
      R"("labels":{"b":"2","a":"1"},"annotations":{"x":"y","io.dubbo/metadata":"{}"}},)"
      R"("spec":{"containers":[]},"status":{"conditions":[{"phase":"no"}],"phase":"Running"}})");
  EXPECT_EQ(pod.ns, "demo");
  EXPECT_EQ(pod.name, "p");
  EXPECT_EQ(pod.resource_version, "7");
  EXPECT_EQ(pod.labels, (core::Labels{{"a", "1"}, {"b", "2"}}));
  EXPECT_EQ(pod.phase, "Running");
  EXPECT_TRUE(pod.terminating);
  EXPECT_TRUE(pod.has_annotations);
  EXPECT_EQ(pod.annotation, "{}");
}

core::Pod with_annotations(const std::string& annotations) {
  return read(R"({"kind":"Pod","metadata":{"name":"p","resourceVersion":"7","annotations":)" +
              annotations + "}}");
}

TEST(ReadPod, WhatIsAbsentIsEmpty) {
  const auto pod = with_annotations("null");
  EXPECT_EQ(pod.phase, "");
  EXPECT_FALSE(pod.terminating);
  EXPECT_FALSE(pod.has_annotations);
  EXPECT_EQ(pod.annotation, std::nullopt);
}

TEST(ReadPod, AnnotationsOfOtherNamesAreAnnotations) {
  EXPECT_FALSE(with_annotations("{}").has_annotations);
  EXPECT_TRUE(with_annotations(R"({"x":"y"})").has_annotations);
  EXPECT_EQ(with_annotations(R"({"x":"y"})").annotation, std::nullopt);
  EXPECT_TRUE(with_annotations(R"({"endpoints.kubernetes.io/over-capacity":"x"})").has_annotations);
}

TEST(ReadPod, TheMetadataAloneIsEnough) {
  const auto pod =
      read(R"({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":)"
           R"({"name":"p","namespace":"demo","resourceVersion":"8"}})");
  EXPECT_EQ(pod.resource_version, "8");
}

TEST(ReadPod, AnythingElseIsAnError) {
  EXPECT_EQ(message_of(R"({"kind":"Secret","apiVersion":"v1"})"), "the answer: holds no Pod");
  EXPECT_EQ(message_of(R"({"kind":"Pod","metadata":{"name":"p"}})"),
            "the answer: has no resourceVersion");
  EXPECT_THAT(message_of(R"({"kind":"Pod","metadata":{"name":"p")"), HasSubstr("ends in the mid"));
  EXPECT_THAT(message_of(R"({"kind":"Pod","metadata":{"name":"p"},"status":"Running"})"),
              HasSubstr("status is text instead of an object"));
  EXPECT_THAT(message_of("{\"kind\":\"Pod\"," + std::string(9 << 20, ' ') + "}"),
              HasSubstr("is larger than 8 MiB"));
}

struct Operation {
  std::string text;  // of the whole patch
  std::optional<std::string> value;
  std::string resource_version;
};

Operation recorded(const std::string& line) {
  core::JsonDocument patch;
  patch.Parse(line.data(), line.size());
  Operation operation{line, std::nullopt, patch[1]["value"].GetString()};
  if (patch[0].HasMember("value")) operation.value = patch[0]["value"].GetString();
  return operation;
}

std::string patch_of(const std::optional<std::string>& value, const std::string& version,
                     bool has_annotations = true) {
  core::Pod pod;
  pod.resource_version = version;
  pod.has_annotations = has_annotations;
  return registration_patch(pod, value);
}

TEST(RegistrationPatch, HasTheBytesThatDubboSent) {
  int patches = 0;
  for (const auto& file :
       fs::directory_iterator(fs::path(PODREG_SOURCE_DIR) / "tests/golden/dubbo/patches-3.2.6")) {
    std::ifstream lines(file.path());
    for (std::string line; std::getline(lines, line); ++patches) {
      const auto operation = recorded(line);
      EXPECT_EQ(patch_of(operation.value, operation.resource_version), line) << file.path();
    }
  }
  EXPECT_EQ(patches, 12);
}

TEST(RegistrationPatch, MakesAnnotationsWhereThereAreNone) {
  EXPECT_EQ(patch_of("\"é\n\"", "7", false),
            R"([{"op":"add","path":"/metadata/annotations","value":{}},)"
            R"({"op":"add","path":"/metadata/annotations/io.dubbo~1metadata","value":"\"é\n\""},)"
            R"({"op":"add","path":"/metadata/resourceVersion","value":"7"}])");
}

}  // namespace
}  // namespace podreg::k8s
