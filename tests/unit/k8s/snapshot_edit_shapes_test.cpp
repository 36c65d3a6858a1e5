// Edits of snapshots in thousands of shapes, made at random from fixed seeds: whatever the style,
// the wanted annotation is there afterwards and nothing else has changed, as two other readers see
// it.
#include <gmock/gmock.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <random>

#include "core/error.h"
#include "k8s/snapshot_edit.h"
#include "tests/support/read_objects.h"

namespace podreg {
namespace {

using tests::Format;
using Value = std::optional<std::string>;
using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr const char* kKey = "io.dubbo/metadata";

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t limit) { return engine_() % limit; }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <typename Range>
  auto pick(const Range& range) {
    return range[below(range.size())];
  }

 private:
  std::mt19937 engine_;
};

std::string some_text(Random& random) {
  static const std::vector<std::string> kTexts{
      "plain",
      R"({"dubbo.metadata.revision":"1","n":"it's \"so\""})",
      "",
      "null",
      "~",
      "#no comment",
      "a: b # c",
      "two\nlines",
      "\n\n  deep\n# x\n",
      "é 界 😀",
      "{[,]}",
      "- item",
      "'quoted'",
      "\"quoted\"",
      "tab\there",
      " blank around ",
      "io.dubbo/metadata: no",
      "annotations:",
      "---",
      "*alias",
  };
  return random.pick(kTexts);
}

struct Pod {
  std::string name;
  bool has_annotations = true;
  bool null_annotations = false;
  Pairs annotations;
};

Pod some_pod(Random& random, const std::string& name) {
  Pod pod{name, !random.one_in(5), random.one_in(6), {}};
  if (!pod.has_annotations || pod.null_annotations) return pod;
  for (std::size_t i = 0, n = random.below(3); i < n; ++i) {
    pod.annotations.emplace_back("a" + std::to_string(i) + (random.one_in(3) ? "/b" : ""),
                                 some_text(random));
  }
  if (random.one_in(2)) return pod;
  const auto at = static_cast<std::ptrdiff_t>(random.below(pod.annotations.size() + 1));
  pod.annotations.insert(pod.annotations.begin() + at, {kKey, some_text(random)});
  return pod;
}

// JSON, compact, on one line with blanks, or indented.
class JsonText {
 public:
  explicit JsonText(Random& random)
      : indent_(random.pick(std::vector<std::string>{"", "", "  ", "    ", "\t"})),
        line_break_(random.one_in(4) ? "\r\n" : "\n"),
        blank_(indent_.empty() && random.one_in(2) ? "" : " ") {}

  std::string list(const std::vector<Pod>& pods) const {
    std::vector<std::string> items;
    for (const auto& pod : pods) items.push_back(object(pod, 2));
    return braces({pair("apiVersion", quoted("v1")), pair("items", brackets(items, 1)),
                   pair("kind", quoted("List"))},
                  0) +
           line_break_;
  }

  std::string documents(const std::vector<Pod>& pods) const {
    std::string text;
    for (const auto& pod : pods) text += object(pod, 0) + line_break_;
    return text;
  }

 private:
  static std::string quoted(const std::string& text) {
    std::string result = "\"";
    for (const char c : text) {
      if (c == '\n' || c == '\t') {
        result += c == '\n' ? "\\n" : "\\t";
        continue;
      }
      if (c == '"' || c == '\\') result += '\\';
      result += c;
    }
    return result + "\"";
  }

  std::string object(const Pod& pod, int depth) const {
    std::vector<std::string> metadata{pair("name", quoted(pod.name)),
                                      pair("namespace", quoted("demo"))};
    if (pod.has_annotations) {
      std::vector<std::string> annotations;
      for (const auto& [key, value] : pod.annotations) {
        annotations.push_back(pair(key, quoted(value)));
      }
      metadata.insert(
          metadata.begin() + static_cast<std::ptrdiff_t>(pod.annotations.size() % 3),
          pair("annotations", pod.null_annotations ? "null" : braces(annotations, depth + 2)));
    }
    return braces({pair("kind", quoted("Pod")), pair("metadata", braces(metadata, depth + 1)),
                   pair("spec", braces({}, depth + 1))},
                  depth);
  }

  std::string pair(const std::string& key, const std::string& value) const {
    return quoted(key) + ":" + blank_ + value;
  }
  std::string braces(const std::vector<std::string>& members, int depth) const {
    return enclosed('{', members, '}', depth);
  }
  std::string brackets(const std::vector<std::string>& elements, int depth) const {
    return enclosed('[', elements, ']', depth);
  }
  std::string enclosed(char open, const std::vector<std::string>& parts, char close,
                       int depth) const {
    std::string text(1, open);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      text += i == 0 ? "" : indent_.empty() ? "," + blank_ : ",";
      text += new_line(depth + 1) + parts[i];
    }
    return text + (parts.empty() ? "" : new_line(depth)) + close;
  }
  std::string new_line(int depth) const {
    if (indent_.empty()) return "";
    std::string text = line_break_;
    for (int i = 0; i < depth; ++i) text += indent_;
    return text;
  }

  std::string indent_;
  std::string line_break_;
  std::string blank_;
};

// YAML: maps in either style, texts in all, with comments and empty lines in between.
class YamlText {
 public:
  explicit YamlText(Random& random) : random_(random), step_(1 + random.below(4)) {}

  std::string list(const std::vector<Pod>& pods) {
    std::string text = comment(0) + "apiVersion: v1\nitems:" + trailing() + "\n";
    const std::size_t margin = random_.one_in(2) ? 0 : step_;
    for (const auto& pod : pods) {
      text += comment(margin) + std::string(margin, ' ') + "- " + object(pod, margin + 2);
    }
    return text + "kind: List\n";
  }

  std::string documents(const std::vector<Pod>& pods) {
    std::string text = random_.one_in(2) ? "\xef\xbb\xbf" : "";
    for (const auto& pod : pods) text += "---\n" + comment(0) + object(pod, 0);
    return text;
  }

 private:
  std::string comment(std::size_t column) {
    if (!random_.one_in(5)) return "";
    return random_.one_in(2) ? "\n" : std::string(column, ' ') + "# io.dubbo/metadata: x\n";
  }
  std::string trailing() { return random_.one_in(6) ? "  # c" : ""; }

  // Begins where it stands, ends with a line break; further lines are indented by `column`.
  std::string object(const Pod& pod, std::size_t column) {
    const std::string margin(column, ' ');
    if (random_.one_in(6)) {
      return "{kind: Pod, metadata: " + flow_metadata(pod) + ", note: it's}\n";
    }
    std::string text = "kind: Pod\n" + comment(column) + margin + "metadata:";
    text += random_.one_in(6) ? " " + flow_metadata(pod) + trailing() + "\n"
                              : trailing() + "\n" + metadata(pod, column + step_);
    return text + comment(column) + margin + "spec: {a: [b, 'c']}" + trailing() + "\n";
  }

  std::string metadata(const Pod& pod, std::size_t column) {
    const std::string margin(column, ' ');
    std::vector<std::string> members{margin + "name: " + pod.name + trailing() + "\n",
                                     margin + "'namespace': demo\n"};
    if (pod.has_annotations) {
      const auto at = static_cast<std::ptrdiff_t>(random_.below(3));
      members.insert(members.begin() + at, margin + "annotations:" + annotations(pod, column));
    }
    std::string text;
    for (const auto& member : members) text += comment(column) + member;
    return text;
  }

  std::string annotations(const Pod& pod, std::size_t column) {
    if (pod.null_annotations) {
      return random_.pick(std::vector<std::string>{"", " null", " ~"}) + trailing() + "\n";
    }
    if (pod.annotations.empty() || random_.one_in(4)) {
      return " " + flow_annotations(pod) + trailing() + "\n";
    }
    std::string text = trailing() + "\n";
    for (const auto& [key, value] : pod.annotations) {
      text += comment(column + step_) + std::string(column + step_, ' ') + key_text(key) + ":" +
              block_value(value, column + step_);
    }
    return text;
  }

  std::string key_text(const std::string& key) {
    return random_.pick(std::vector<std::string>{key, key, "'" + key + "'", "\"" + key + "\""});
  }

  std::string block_value(const std::string& value, std::size_t column) {
    const bool printable = value.find_first_not_of(" \n#") != std::string::npos &&
                           !value.starts_with(' ') && !value.starts_with('\n');
    if (printable && random_.one_in(3)) return literal(value, column);
    if (value == "plain" && random_.one_in(2)) return " plain" + trailing() + "\n";
    if (value.empty() && random_.one_in(2)) return " ''\n";
    return " " + in_quotes(value) + trailing() + "\n";
  }

  std::string literal(const std::string& value, std::size_t column) {
    const std::string margin(column + step_, ' ');
    std::string text = value.ends_with('\n') ? " |" : " |-";
    text += trailing() + "\n" + margin;
    for (std::size_t i = 0; i < value.size(); ++i) {
      text += value[i];
      if (value[i] == '\n' && i + 1 < value.size() && value[i + 1] != '\n') text += margin;
    }
    return text + (value.ends_with('\n') ? "" : "\n");
  }

  std::string in_quotes(const std::string& value) {
    const bool single = value.find_first_of("\n\t") == std::string::npos && random_.one_in(2);
    std::string text;
    for (const char c : value) {
      if (single) {
        text += c == '\'' ? "''" : std::string(1, c);
      } else if (c == '\n' || c == '\t') {
        text += c == '\n' ? "\\n" : "\\t";
      } else {
        text += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
      }
    }
    return single ? "'" + text + "'" : "\"" + text + "\"";
  }

  std::string comma() { return random_.one_in(8) ? ",\n            " : ", "; }

  std::string flow_metadata(const Pod& pod) {
    std::string text = "{name: " + pod.name + comma() + "\"namespace\": demo";
    if (pod.has_annotations) {
      text += comma() + "annotations: " + (pod.null_annotations ? "~" : flow_annotations(pod));
    }
    return text + "}";
  }

  std::string flow_annotations(const Pod& pod) {
    std::string text = random_.one_in(4) ? "{ " : "{";
    for (std::size_t i = 0; i < pod.annotations.size(); ++i) {
      const auto& [key, value] = pod.annotations[i];
      text += (i == 0 ? "" : comma()) + key_text(key) + ": " + in_quotes(value);
    }
    return text + (random_.one_in(4) ? " }" : "}");
  }

  Random& random_;
  std::size_t step_;
};

std::string in_crlf(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '\n' ? "\r\n" : std::string(1, c);
  return result;
}

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
}  // namespace podreg
