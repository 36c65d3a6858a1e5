// Edits of snapshots in thousands of shapes, made at random from fixed seeds: whatever the style,
// the wanted annotation is there afterwards and nothing else has changed, as two other readers see
// it.
#include <gmock/gmock.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "core/error.h"
#include "k8s/snapshot_edit.h"
#include "tests/unit/k8s/snapshot_shapes.h"

namespace podreg::snapshot_shapes {
namespace {

// What yaml-cpp's own documents hold (JSON is YAML), but for the annotation in question.
std::string flat(const YAML::Node& node, const std::string& path = "") {
  if (node.IsNull()) return "~";
  if (node.IsScalar()) return "<" + node.Scalar() + ">";
  std::string text;
  if (node.IsSequence()) {
    for (const auto& element : node) text += flat(element) + ",";
    return "[" + text + "]";
  }
  for (const auto& member : node) {
    const auto key = member.first.Scalar();
    const auto value = flat(member.second, path + "/" + key);
    const bool annotations = path == "/metadata" && key == "annotations";
    if (annotations && (value == "~" || value == "{}")) continue;
    if (path == "/metadata/annotations" && key == kKey) continue;
    text += key + ":" + value + ",";
  }
  return "{" + text + "}";
}

// A return is white space in JSON wherever it may stand, but not in yaml-cpp.
std::string flat(std::string text, Format format) {
  if (format == Format::json) std::erase(text, '\r');
  std::string result;
  for (const auto& document : YAML::LoadAll(text)) result += flat(document) + "\n";
  return result;
}

std::size_t common_bytes(const std::string& a, const std::string& b) {
  const auto front = std::ranges::mismatch(a, b).in1 - a.begin();
  const auto limit = std::min(a.size(), b.size()) - static_cast<std::size_t>(front);
  std::size_t back = 0;
  while (back < limit && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
  return static_cast<std::size_t>(front) + back;
}

struct Case {
  std::string text;
  Format format = Format::json;
  std::vector<Pod> pods;
};

Case some_case(Random& random) {
  Case it;
  it.pods = {some_pod(random, "p"), some_pod(random, "q"), some_pod(random, "r")};
  it.pods.resize(1 + random.below(3));
  const bool list = random.one_in(2);
  it.format = random.one_in(3) ? Format::json : Format::yaml;
  if (it.format == Format::json) {
    const JsonText json(random);
    it.text = list ? json.list(it.pods) : json.documents(it.pods);
  } else {
    YamlText yaml(random);
    it.text = list ? yaml.list(it.pods) : yaml.documents(it.pods);
    if (random.one_in(5)) it.text = in_crlf(it.text);
    if (random.one_in(5)) {
      while (it.text.ends_with('\n') || it.text.ends_with('\r')) it.text.pop_back();
    }
  }
  return it;
}

Value annotation_of(const Pod& pod) {
  for (const auto& [key, value] : pod.annotations) {
    if (key == kKey) return value;
  }
  return std::nullopt;
}

k8s::SnapshotEdit edit(const std::string& text, const Pod& pod, const Value& before,
                       const Value& value) {
  core::Pod read;
  read.ns = "demo";
  read.name = pod.name;
  read.annotation = before;
  return k8s::edit_text(text, "file", {read, value});
}

std::vector<std::string> expected_lines(const Case& it, const Pod& changed, const Value& value) {
  auto lines = tests::read_objects(it.format, it.text).lines;
  for (auto& line : lines) {
    const std::string beginning = "Pod demo/" + changed.name + " {}";
    if (line.starts_with(beginning)) line = beginning + (value ? " " + *value : "");
  }
  return lines;
}

void check(const Case& it, const Pod& pod, const Value& value) {
  const Value before = annotation_of(pod);
  const auto result = edit(it.text, pod, before, value);
  EXPECT_EQ(tests::read_objects(it.format, result.text).lines, expected_lines(it, pod, value));
  EXPECT_EQ(flat(result.text, it.format), flat(it.text, it.format));

  const auto object = tests::read_objects(it.format, result.changed_object).lines;
  EXPECT_THAT(object,
              testing::ElementsAre("Pod demo/" + pod.name + " {}" + (value ? " " + *value : "")));

  const bool others = pod.annotations.size() > (before ? 1U : 0U);
  const auto common = common_bytes(it.text, result.text);
  if (!value && !before) {
    EXPECT_EQ(result.text, it.text);
  } else if (!value && others) {
    EXPECT_EQ(common, result.text.size()) << "not only removed from";
  } else if (!before && others) {
    EXPECT_EQ(common, it.text.size()) << "not only added to";
    EXPECT_EQ(edit(result.text, pod, value, std::nullopt).text, it.text) << "no way back";
  }
}

TEST(SnapshotEditShapes, WhateverTheShapeOnlyTheAnnotationIsAnother) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    Random random(seed);
    const Case it = some_case(random);
    const Pod pod = random.pick(it.pods);
    const Value value = random.one_in(3) ? Value() : some_text(random);
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + it.text);
    ASSERT_NO_THROW(check(it, pod, value));
    if (HasFailure()) return;
  }
}

// Bytes that were changed at random: an error that says what is wrong, or an edit that is right.
TEST(SnapshotEditShapes, WhateverTheBytesAnEditIsRightOrRefused) {
  static constexpr std::string_view kBytes = "{}[]:,'\"|>&*!#-?~ \n\\x";
  std::size_t edits = 0;
  for (unsigned seed = 0; seed < 6000; ++seed) {
    Random random(seed);
    const Case it = some_case(random);
    std::string text = it.text;
    for (std::size_t i = 0, n = 1 + random.below(3); i < n; ++i) {
      const auto at = random.below(text.size());
      if (random.one_in(3)) {
        text.erase(at, 1 + random.below(3));
      } else {
        text.insert(at, 1, kBytes[random.below(kBytes.size())]);
      }
      if (text.empty()) text = " ";
    }
    const Pod& pod = it.pods.front();
    const Value value = random.one_in(2) ? Value() : some_text(random);
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + text);
    try {
      const auto result = edit(text, pod, annotation_of(pod), value);
      EXPECT_EQ(flat(result.text, it.format), flat(text, it.format));
      ++edits;
    } catch (const core::Error&) {
      continue;
    } catch (const YAML::Exception&) {
      continue;  // JSON with two values for a key, say, is none of its documents
    }
  }
  EXPECT_GT(edits, 1000U);
}

}  // namespace
}  // namespace podreg::snapshot_shapes
