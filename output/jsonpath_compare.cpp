#include "output/jsonpath_compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <compare>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/json.h"
#include "output/jsonpath.h"

namespace podreg::output {

namespace {

using Value = core::JsonValue;

std::string_view view_of(const Value& text) { return {text.GetString(), text.GetStringLength()}; }

[[noreturn]] void refuse(const char* why) { throw core::Error(core::ErrorKind::usage, why); }

std::partial_ordering order_of(const Value& left, const Value& right) {
  if (left.IsString() && right.IsString()) return view_of(left) <=> view_of(right);
  if (left.IsInt64() && right.IsInt64()) return left.GetInt64() <=> right.GetInt64();
  if (left.IsUint64() && right.IsUint64()) return left.GetUint64() <=> right.GetUint64();
  if (left.IsDouble() && right.IsDouble()) return left.GetDouble() <=> right.GetDouble();
  if (left.IsBool() && right.IsBool()) {
    return left.GetBool() == right.GetBool() ? std::partial_ordering::equivalent
                                             : std::partial_ordering::unordered;
  }
  refuse("a filter compares values of different kinds, such as a text and a number");
}

// Go's shortest form of a float: %v has an exponent from 1e+06 on in `text`, JSON from 1e+21 on.
std::string float_text(double number, bool json) {
  char buffer[32];
  auto* end =
      std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific).ptr;
  std::string scientific(buffer, end);
  const auto exponent = std::stoi(scientific.substr(scientific.find('e') + 1));
  const bool plain = json ? (exponent >= -6 && exponent < 21) : (exponent >= -4 && exponent < 6);
  const auto zero = scientific.find("e-0");  // which JSON in Go has without the 0
  if (!plain && json && zero != std::string::npos) scientific.erase(zero + 2, 1);
  if (!plain) return scientific;
  char fixed[400];
  end = std::to_chars(fixed, fixed + sizeof fixed, number, std::chars_format::fixed).ptr;
  return {fixed, end};
}

// As Go's encoding/json writes texts, for HTML.
void append_quoted(std::string_view text, std::string& into) {
  core::JsonBuffer buffer;
  core::JsonWriter<> writer(buffer);
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  for (const char c : std::string_view(buffer.GetString(), buffer.GetSize())) {
    if (c == '<' || c == '>' || c == '&') {
      into += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      into += c;
    }
  }
}

void append_json(const Value& value, std::string& into);

void append_object(const Value& object, std::string& into) {
  std::vector<const Value::Member*> members;
  for (const auto& member : object.GetObject()) members.push_back(&member);
  std::ranges::stable_sort(members, {}, [](const auto* member) { return view_of(member->name); });
  into += '{';
  for (const auto* member : members) {
    if (member != members.front()) into += ',';
    append_quoted(view_of(member->name), into);
    into += ':';
    append_json(member->value, into);
  }
  into += '}';
}

void append_json(const Value& value, std::string& into) {
  if (value.IsObject()) {
    append_object(value, into);
  } else if (value.IsArray()) {
    into += '[';
    for (const auto& element : value.GetArray()) {
      if (&element != value.Begin()) into += ',';
      append_json(element, into);
    }
    into += ']';
  } else if (value.IsString()) {
    append_quoted(view_of(value), into);
  } else if (value.IsDouble()) {
    into += float_text(value.GetDouble(), true);
  } else {
    into += jsonpath_text(value);
  }
}

}  // namespace

bool compare(const Value& left, const std::string& op, const Value& right) {
  if (op == "!=") return !compare(left, "==", right);
  const auto order = order_of(left, right);
  if (op == "==") return order == 0;
  if (left.IsBool()) refuse("true and false have no order");
  if (op == "<") return order < 0;
  if (op == "<=") return order <= 0;
  return op == ">" ? order > 0 : order >= 0;
}

std::string jsonpath_text(const Value& value) {
  if (value.IsString()) return std::string(view_of(value));
  if (value.IsBool()) return value.GetBool() ? "true" : "false";
  if (value.IsNull()) return "null";
  if (value.IsInt64()) return std::to_string(value.GetInt64());
  if (value.IsUint64()) return std::to_string(value.GetUint64());
  if (value.IsDouble()) return float_text(value.GetDouble(), false);
  std::string json;
  append_json(value, json);
  return json;
}

}  // namespace podreg::output
