// Snapshots in shapes made at random: the same pods in JSON and YAML of every style.
#pragma once

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/read_objects.h"

namespace podreg::snapshot_shapes {

using tests::Format;
using Value = std::optional<std::string>;
using Pairs = std::vector<std::pair<std::string, std::string>>;

inline constexpr const char* kKey = "io.dubbo/metadata";

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

inline std::string some_text(Random& random) {
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

inline Pod some_pod(Random& random, const std::string& name) {
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

inline std::string in_crlf(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '\n' ? "\r\n" : std::string(1, c);
  return result;
}

}  // namespace podreg::snapshot_shapes
