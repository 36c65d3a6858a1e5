#include "output/jsonpath.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <utility>

#include "core/error.h"
#include "core/json.h"
#include "output/jsonpath_compare.h"
#include "output/terminal_text.h"

namespace podreg::output {

namespace {

using Kind = PathNode::Kind;
using Nodes = std::vector<PathNode>;
using Value = core::JsonValue;
using Values = std::vector<const Value*>;

[[noreturn]] void refuse(const std::string& why) { throw core::Error(core::ErrorKind::usage, why); }

int length_of(const Value& list) { return static_cast<int>(list.Size()); }

// How many members `*` finds.
std::size_t size_of(const Value& value) {
  if (value.IsObject()) return value.MemberCount();
  if (value.IsArray()) return value.Size();
  return value.IsString() ? value.GetStringLength() : 0;
}

struct Slice {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::int64_t step = 1;
};

// As client-go takes [from:to:step] for a list of that length.
Slice slice_of(const std::array<PathNode::Bound, 3>& range, std::int64_t length) {
  const auto& [from, to, step] = range;
  Slice slice{from.known ? from.value : 0, to.known ? to.value : length, 1};
  if (slice.begin < 0) slice.begin += length;
  if (slice.end < 0 || (slice.end == 0 && to.derived)) slice.end += length;
  if (slice.begin == slice.end) return {};
  for (const auto index : {slice.begin, slice.end - 1}) {
    if (index < 0 || index >= length) {
      refuse(fmt::format("there is no [{}] in a list of {}", index, length));
    }
  }
  if (slice.begin > slice.end)
    refuse(fmt::format("[{}:{}] goes backwards", slice.begin, slice.end));
  if (step.known && step.value <= 0) refuse("the step of [from:to:step] is more than 0");
  if (step.known) slice.step = step.value;
  return slice;
}

// One run of a template over a document.
class Run {
 public:
  explicit Run(const Nodes& nodes, std::size_t most = kMostValues) : nodes_(nodes), most_(most) {}

  // What each text and expression comes to, in order.
  std::vector<Values> find(const Value& document) { return find_from(0, {&document}); }

  // Texts of the template are their own values, one for each.
  bool is_of_template(const Value& value) const {
    return std::ranges::any_of(texts_, [&](const auto& one) { return &one.second == &value; });
  }

 private:
  // Like FindResults of client-go: returns at the {end} that closes the range it was called for.
  std::vector<Values> find_from(std::size_t begin, const Values& current) {
    std::vector<Values> all;
    for (std::size_t i = begin; i < nodes_.size(); ++i) {
      Values results = walk(current, nodes_[i]);
      if (ends_ > 0 && ends_ <= depth_) {
        --ends_;
        last_end_ = i;
        break;
      }
      if (ranges_ == 0) {
        all.push_back(std::move(results));
        continue;
      }
      --ranges_;
      ++depth_;
      // Without results the nodes are walked all the same, to find the end.
      if (results.empty()) find_from(i + 1, {});
      for (const Value* value : results) {
        auto inner = find_from(i + 1, {value});
        std::ranges::move(inner, std::back_inserter(all));
      }
      --depth_;
      i = std::max(i, last_end_);
    }
    return all;
  }

  // Counts the values that are looked at.
  void look_at(std::size_t values) {
    looked_at_ += values;
    if (looked_at_ <= most_) return;
    refuse(fmt::format("the template looks at more than {} values", most_));
  }

  Values walk(const Values& input, const PathNode& node) {
    look_at(input.size() + 1);
    switch (node.kind) {
      case Kind::text:
        return {text_of(node)};
      case Kind::list:
        return expression(input, node);
      case Kind::field:
        return fields(input, node.text);
      case Kind::array:
        return elements(input, node);
      case Kind::filter:
        return filtered(input, node);
      case Kind::integer:
        return Values(input.size(), made(Value(node.integer)));
      case Kind::floating:
        return Values(input.size(), made(Value(node.floating)));
      case Kind::boolean:
        return Values(input.size(), made(Value(node.boolean)));
      case Kind::wildcard:
        return members(input);
      case Kind::recursive:
        return descendants(input);
      case Kind::either:
        return any_of(input, node);
      case Kind::identifier:
        return identifier(input, node.text);
    }
    return {};
  }

  const Value* made(Value value) { return &made_.emplace_back(std::move(value)); }

  const Value* text_of(const PathNode& node) {
    const auto& text = node.text;
    return &texts_.try_emplace(&node, rapidjson::StringRef(text.data(), text.size())).first->second;
  }

  Values expression(const Values& input, const PathNode& node) {
    try {
      return walk_all(input, node.lists[0]);
    } catch (const core::Error& error) {
      throw core::Error(error.kind(), fmt::format("jsonpath {}: {}", node.text, error.what()),
                        error.hint());
    }
  }

  Values walk_all(Values values, const Nodes& nodes) {
    for (const auto& node : nodes) values = walk(values, node);
    return values;
  }

  Values identifier(const Values& input, const std::string& name) {
    if (name == "range") {
      ++ranges_;
      return input;
    }
    if (depth_ == 0) refuse("an {end} without {range}");
    ++ends_;
    return {};
  }

  static Values fields(const Values& input, const std::string& name) {
    Values found;
    const Value key(rapidjson::StringRef(name.data(), name.size()));
    for (const Value* value : input) {
      if (!value->IsObject()) continue;
      const auto member = value->FindMember(key);
      if (member != value->MemberEnd()) found.push_back(&member->value);
    }
    return found;
  }

  Values elements(const Values& input, const PathNode& node) {
    Values found;
    for (const Value* value : input) {
      if (value->IsNull()) continue;
      if (!value->IsArray()) refuse("what is no list has no [index]");
      const auto slice = slice_of(node.range, length_of(*value));
      look_at(static_cast<std::size_t>((slice.end - slice.begin) / slice.step));
      for (auto i = slice.begin; i < slice.end; i += slice.step) {
        found.push_back(&(*value)[static_cast<rapidjson::SizeType>(i)]);
      }
    }
    return found;
  }

  Values any_of(const Values& input, const PathNode& node) {
    Values found;
    for (const auto& list : node.lists)
      std::ranges::copy(walk_all(input, list), std::back_inserter(found));
    return found;
  }

  // To Go a text is a list of bytes.
  Values members(const Values& input) {
    Values found;
    for (const Value* value : input) {
      look_at(1 + size_of(*value));
      if (value->IsObject()) {
        for (const auto& member : value->GetObject()) found.push_back(&member.value);
      } else if (value->IsArray()) {
        for (const auto& element : value->GetArray()) found.push_back(&element);
      } else if (value->IsString()) {
        for (const char c : std::string_view(value->GetString(), value->GetStringLength())) {
          found.push_back(made(Value(static_cast<unsigned char>(c))));
        }
      }
    }
    return found;
  }

  // Those that have something in them, each before what is in it.
  Values descendants(const Values& input) {
    Values found;
    for (const Value* value : input) {
      if (value->IsString()) {
        if (value->GetStringLength() > 0) found.push_back(value);
        continue;
      }
      const auto inside = members({value});
      if (inside.empty()) continue;
      found.push_back(value);
      std::ranges::copy(descendants(inside), std::back_inserter(found));
    }
    return found;
  }

  Values filtered(const Values& input, const PathNode& node) {
    Values found;
    for (const Value* value : input) {
      if (!value->IsArray()) refuse("what is no list cannot be filtered");
      look_at(value->Size());
      for (const auto& element : value->GetArray()) {
        if (passes(element, node)) found.push_back(&element);
      }
    }
    return found;
  }

  bool passes(const Value& element, const PathNode& node) {
    const auto left = walk_all({&element}, node.lists[0]);
    if (node.text == "exists") return !left.empty();
    if (left.empty()) return false;
    const auto right = walk_all({&element}, node.lists[1]);
    if (right.empty()) return false;
    if (left.size() > 1 || right.size() > 1) refuse("a filter compares one value with one value");
    return compare(*left.front(), node.text, *right.front());
  }

  const Nodes& nodes_;
  std::size_t most_;
  std::map<const PathNode*, Value> texts_;  // that stand in the template
  std::deque<Value> made_;                  // other values that are not of the document
  int ranges_ = 0;                          // that have just begun
  int depth_ = 0;                           // of ranges
  int ends_ = 0;                            // that have just been met
  std::size_t last_end_ = 0;
  std::size_t looked_at_ = 0;
};

}  // namespace

std::string JsonPath::text(const Value& document, std::size_t most) const {
  std::string text;
  Run run(nodes_, most);
  for (const auto& values : run.find(document)) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) text += ' ';
      const auto one = jsonpath_text(*values[i]);
      text += run.is_of_template(*values[i]) ? one : terminal_text(one);
    }
  }
  return text;
}

std::string JsonPath::text_of_json(std::string_view json) const {
  core::JsonDocument document;
  document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
  return text(document);
}

std::vector<std::string> JsonPath::results(const Value& document) const {
  std::vector<std::string> texts;
  Run run(nodes_);
  for (const auto& values : run.find(document)) {
    for (const Value* value : values) texts.push_back(jsonpath_text(*value));
  }
  return texts;
}

std::optional<JsonPath::First> JsonPath::find_first(const Value& document) const {
  Run run(nodes_);
  for (const auto& values : run.find(document)) {
    if (values.empty()) continue;
    const Value& value = *values.front();
    return First{jsonpath_text(value),
                 value.IsNumber() ? std::optional(value.GetDouble()) : std::nullopt};
  }
  return std::nullopt;
}

}  // namespace podreg::output
