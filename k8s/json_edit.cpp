#include "k8s/json_edit.h"

#include <utility>

#include "core/json.h"
#include "core/metadata.h"
#include "k8s/flow_edit.h"

namespace podreg::k8s {
namespace {

struct Member {
  std::size_t begin = 0;  // of the key
  std::size_t value = 0;
  std::size_t end = 0;  // of the value
};

struct Object {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t first = 0;  // its first member, when it has any
  bool empty = true;
};

std::size_t end_of_text(std::string_view text, std::size_t quote) {
  std::size_t at = quote + 1;
  while (text[at] != '"') at += text[at] == '\\' ? 2U : 1U;
  return at + 1;
}

std::size_t end_of_value(std::string_view text, std::size_t begin) {
  if (text[begin] == '"') return end_of_text(text, begin);
  if (text[begin] != '{' && text[begin] != '[') return text.find_first_of(",]} \t\r\n", begin);
  std::size_t at = begin;
  std::size_t depth = 0;
  do {
    const char c = text[at];
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    at = c == '"' ? end_of_text(text, at) : at + 1;
  } while (depth > 0);
  return at;
}

bool is_key(std::string_view quoted, std::string_view key) {
  if (quoted.find('\\') == std::string_view::npos)
    return quoted.substr(1, quoted.size() - 2) == key;
  core::JsonDocument document;
  document.Parse(quoted.data(), quoted.size());
  return std::string_view(document.GetString(), document.GetStringLength()) == key;
}

// Passes each member of the object that begins at `begin`, with its key in quotes.
template <typename Visit>
Object each_member(std::string_view text, std::size_t begin, Visit visit) {
  Object object{begin, begin, begin, true};
  std::size_t at = skip_blanks(text, begin + 1);
  while (text[at] != '}') {
    if (object.empty) object.first = at;
    object.empty = false;
    Member member{at, 0, 0};
    const auto key_end = end_of_text(text, at);
    member.value = skip_blanks(text, skip_blanks(text, key_end) + 1);
    member.end = end_of_value(text, member.value);
    visit(text.substr(at, key_end - at), member);
    at = skip_blanks(text, member.end);
    if (text[at] == ',') at = skip_blanks(text, at + 1);
  }
  object.end = at + 1;
  return object;
}

struct Found {
  Object object;
  std::optional<Member> member;
};

// The object that begins at `begin`, and its member `key`.
Found find(std::string_view text, std::size_t begin, std::string_view key) {
  Found found;
  found.object = each_member(text, begin, [&](std::string_view quoted, const Member& member) {
    if (!is_key(quoted, key)) return;
    if (found.member) throw SpliceRefused{"has " + std::string(key) + " twice", member.begin};
    found.member = member;
  });
  return found;
}

// What stands between key and value of the object's first member.
std::string_view colon_in(std::string_view text, const Object& object) {
  const auto key_end = end_of_text(text, object.first);
  const auto value = skip_blanks(text, skip_blanks(text, key_end) + 1);
  return text.substr(key_end, value - key_end);
}

std::string member_text(std::string_view key, std::string_view colon, const std::string& value) {
  return json_quoted(key).append(colon).append(value);
}

// An object with the one member, on lines of its own when its key is: that stands at `key`, one
// level below the line of `outer`.
std::string object_text(std::string_view text, std::size_t outer, std::size_t key,
                        const std::string& member) {
  const auto indentation = indentation_at(text, key);
  const auto outer_indentation = indentation_at(text, outer);
  const bool own_line = indentation.data() + indentation.size() == text.data() + key;
  if (!own_line || indentation.size() <= outer_indentation.size()) return "{" + member + "}";
  const bool returns = text.find("\r\n") != std::string_view::npos;
  const std::string line_break = (returns ? "\r\n" : "\n") + std::string(indentation);
  return "{" + line_break + std::string(indentation.substr(outer_indentation.size())) + member +
         line_break + "}";
}

std::string_view comma_for(std::string_view colon) { return colon.ends_with(' ') ? ", " : ","; }

// The pod has no annotations.
Splice add_annotations(std::string_view text, const Member& metadata, const Object& object,
                       const std::string& value) {
  const auto colon = colon_in(text, object);
  const auto annotation = member_text(core::kRegistrationAnnotation, colon, value);
  const auto annotations = object_text(text, metadata.begin, object.first, annotation);
  return insert_member(text, object.first, member_text("annotations", colon, annotations),
                       comma_for(colon));
}

// `annotations` is null or an object.
Splice change_annotations(std::string_view text, const Member& metadata, const Member& annotations,
                          const std::string& value) {
  const auto colon = colon_in(text, find(text, metadata.value, "").object);
  const auto member = member_text(core::kRegistrationAnnotation, colon, value);
  if (text[annotations.value] == '{') {
    const auto [object, ours] = find(text, annotations.value, core::kRegistrationAnnotation);
    if (ours) return {ours->value, ours->end, value};
    if (!object.empty) return insert_member(text, object.first, member, comma_for(colon));
  }
  return {annotations.value, annotations.end,
          object_text(text, metadata.begin, annotations.begin, member)};
}

std::vector<Splice> set(std::string_view text, std::size_t pod, const std::string& value) {
  const auto metadata = find(text, pod, "metadata").member;
  if (!metadata) throw SpliceRefused{"has no metadata", pod};
  const auto [object, annotations] = find(text, metadata->value, "annotations");
  if (annotations) return {change_annotations(text, *metadata, *annotations, value)};
  return {add_annotations(text, *metadata, object, value)};
}

std::vector<Splice> remove(std::string_view text, std::size_t pod) {
  const auto metadata = find(text, pod, "metadata").member;
  if (!metadata) return {};
  const auto annotations = find(text, metadata->value, "annotations").member;
  if (!annotations || text[annotations->value] != '{') return {};
  const auto ours = find(text, annotations->value, core::kRegistrationAnnotation).member;
  if (!ours) return {};
  return {remove_member(text, ours->begin, ours->end)};
}

}  // namespace

std::string json_quoted(std::string_view text) {
  core::JsonBuffer buffer;
  core::JsonWriter<> json(buffer);
  json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  return {buffer.GetString(), buffer.GetSize()};
}

PodEdit edit_json(std::string_view text, std::size_t begin,
                  const std::optional<std::string>& value) {
  PodEdit edit{begin, end_of_value(text, begin), {}};
  edit.splices = value ? set(text, begin, json_quoted(*value)) : remove(text, begin);
  return edit;
}

}  // namespace podreg::k8s
