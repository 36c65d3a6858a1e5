#include "k8s/yaml_edit.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/metadata.h"
#include "k8s/flow_edit.h"
#include "k8s/yaml_text.h"

namespace podreg::k8s {
namespace {

constexpr std::string_view kSpace = " \t";
constexpr std::size_t kIndent = 2;

class YamlEditor {
 public:
  YamlEditor(std::string_view text, const YamlOutline& outline) : text_(text), outline_(outline) {
    if (outline_.twice) refuse("has metadata, annotations or the annotation twice", pod());
    if (!outline_.metadata) refuse("has no metadata", pod());
    for (const auto* place : {&outline_.pod, metadata(), annotations(), registration()}) {
      if (place != nullptr && place->shared) {
        refuse("has an anchor (&), an alias (*) or a tag (!) around the annotation", place->value);
      }
    }
  }

  PodEdit set(const std::string& value) const {
    if (registration() != nullptr) return with({replace_value(value)});
    if (annotations() == nullptr) return with({add_annotations(value)});
    if (annotations()->members == 0) return with({fill_annotations(value)});
    return with({add_registration(value)});
  }

  PodEdit remove() const {
    if (registration() == nullptr) return with({});
    if (annotations()->flow) return with({remove_from_braces()});
    return with(remove_lines());
  }

 private:
  static const YamlPlace* pointer(const std::optional<YamlPlace>& place) {
    return place ? &*place : nullptr;
  }
  const YamlPlace* metadata() const { return pointer(outline_.metadata); }
  const YamlPlace* annotations() const { return pointer(outline_.annotations); }
  const YamlPlace* registration() const { return pointer(outline_.registration); }
  std::size_t pod() const { return outline_.pod.value; }

  [[noreturn]] static void refuse(const std::string& why, std::size_t offset) {
    throw SpliceRefused{why, offset};
  }

  PodEdit with(std::vector<Splice> splices) const {
    const auto end = outline_.pod.flow ? end_of_flow(text_, pod())
                                       : end_of_block(text_, pod(), column_of(text_, pod()));
    return {pod(), end, std::move(splices)};
  }

  // Behind the colon that follows the key at `key`.
  std::size_t behind_colon(std::size_t key, std::string_view name) const {
    const bool quoted = text_[key] == '"' || text_[key] == '\'';
    if (!quoted && text_.substr(key, name.size()) != name) {
      refuse("has " + std::string(name) + " as a key of an unusual form", key);
    }
    const auto key_end = quoted ? end_of_yaml_text(text_, key, 0, true) : key + name.size();
    const auto colon = text_.find_first_not_of(kSpace, key_end);
    if (colon == std::string_view::npos || text_[colon] != ':') {
      refuse("has " + std::string(name) + " as a key of an unusual form", key);
    }
    return colon + 1;
  }

  bool is_null_word(std::size_t at) const {
    static constexpr std::array<std::string_view, 4> kWords{"null", "Null", "NULL", "~"};
    return std::ranges::any_of(kWords, [&](std::string_view word) {
      const auto rest = text_.substr(at);
      return rest.starts_with(word) &&
             (rest.size() == word.size() ||
              std::string_view(" \t\r\n,}").find(rest[word.size()]) != std::string_view::npos);
    });
  }

  // Puts `replacement` in the place of a value that is null: of the word, when there is one.
  Splice replace_null(const YamlPlace& place, std::string_view key, const std::string& replacement,
                      bool in_braces) const {
    const auto colon = behind_colon(place.key, key);
    const auto on_line = std::min(text_.find_first_not_of(kSpace, colon), text_.size());
    if (on_line == place.value && is_null_word(on_line)) {
      return {on_line, end_of_yaml_text(text_, on_line, column_of(text_, place.key), in_braces),
              replacement};
    }
    if (!is_rest_blank(text_, colon) && !in_braces) refuse("has a null of an unusual form", colon);
    return {colon, colon, " " + replacement};
  }

  Splice replace_value(const std::string& value) const {
    const YamlPlace& place = *registration();
    const bool in_braces = annotations()->flow;
    if (place.null) {
      return replace_null(place, core::kRegistrationAnnotation, quoted(value), in_braces);
    }
    const auto end = end_of_yaml_text(text_, place.value, column_of(text_, place.key), in_braces);
    const bool twofold = text_[place.value] == '"';
    return {place.value, end,
            yaml_quoted(value, twofold ? YamlQuotes::twofold : YamlQuotes::single)};
  }

  static std::string quoted(const std::string& value) {
    return yaml_quoted(value, YamlQuotes::single);
  }

  static std::string block_pair(const std::string& value) {
    return std::string(core::kRegistrationAnnotation) + ": " + quoted(value);
  }

  // As the members beside it are written: with keys in double quotes, or plain.
  static std::string flow_key(bool json, std::string_view key) {
    return (json ? json_quoted(key) : std::string(key)) + ": ";
  }
  static std::string flow_pair(bool json, const std::string& value) {
    return flow_key(json, core::kRegistrationAnnotation) +
           yaml_quoted(value, json ? YamlQuotes::twofold : YamlQuotes::single);
  }
  bool is_json(const YamlPlace& map) const { return map.first && text_[*map.first] == '"'; }

  std::string line_break() const {
    return text_.find("\r\n") == std::string_view::npos ? "\n" : "\r\n";
  }

  // Lines before the members of a map in block style, right behind the line of its key.
  Splice insert_lines(const YamlPlace& map, std::string_view key,
                      const std::vector<std::string>& lines) const {
    const auto colon = behind_colon(map.key, key);
    const auto column = column_of(text_, *map.first);
    const auto at = next_line(text_, colon);
    const auto indentation = indentation_at(text_, *map.first);
    if (!is_rest_blank(text_, colon) || at > *map.first || indentation.size() != column) {
      refuse("has " + std::string(key) + " in an unusual form", map.key);
    }
    std::string inserted;
    for (const auto& line : lines) inserted.append(column, ' ').append(line).append(line_break());
    return {at, at, inserted};
  }

  Splice add_registration(const std::string& value) const {
    const YamlPlace& place = *annotations();
    if (!place.flow) return insert_lines(place, "annotations", {block_pair(value)});
    return insert_member(text_, *place.first, flow_pair(is_json(place), value), ", ");
  }

  Splice fill_annotations(const std::string& value) const {
    const YamlPlace& place = *annotations();
    const bool json = metadata()->flow && is_json(*metadata());
    const std::string braces = "{" + flow_pair(json, value) + "}";
    if (!place.map) return replace_null(place, "annotations", braces, metadata()->flow);
    const auto end = end_of_flow(text_, place.value);
    if (skip_blanks(text_, place.value + 1) + 1 != end) {
      refuse("has a comment between braces", place.value);
    }
    return {place.value, end, braces};
  }

  Splice add_annotations(const std::string& value) const {
    const YamlPlace& place = *metadata();
    if (place.flow) {
      const bool json = is_json(place);
      const auto annotations = flow_key(json, "annotations") + "{" + flow_pair(json, value) + "}";
      return insert_member(text_, *place.first, annotations, ", ");
    }
    const auto inner = column_of(text_, *place.first);
    const auto outer = column_of(text_, place.key);
    const auto indent = inner > outer ? inner - outer : kIndent;
    return insert_lines(place, "metadata",
                        {"annotations:", std::string(indent, ' ') + block_pair(value)});
  }

  // Where the value of the annotation ends.
  std::size_t end_of_registration() const {
    const YamlPlace& place = *registration();
    const bool in_braces = annotations()->flow;
    const auto colon = behind_colon(place.key, core::kRegistrationAnnotation);
    if (!place.null) {
      return end_of_yaml_text(text_, place.value, column_of(text_, place.key), in_braces);
    }
    const auto word = std::min(text_.find_first_not_of(kSpace, colon), text_.size());
    return word == place.value && is_null_word(word)
               ? end_of_yaml_text(text_, word, column_of(text_, place.key), in_braces)
               : colon;
  }

  Splice remove_from_braces() const {
    return remove_member(text_, registration()->key, end_of_registration());
  }

  // Of the only annotation, `{}` stays: nothing at all would be null.
  std::vector<Splice> remove_lines() const {
    const auto key = registration()->key;
    const auto column = column_of(text_, key);
    const auto end = end_of_registration();
    if (indentation_at(text_, key).size() != column || !is_rest_blank(text_, end)) {
      refuse("has the annotation in an unusual form", key);
    }
    const Splice lines{key - column, next_line(text_, end), ""};
    if (annotations()->members > 1) return {lines};
    const auto colon = behind_colon(annotations()->key, "annotations");
    return {{colon, colon, " {}"}, lines};
  }

  std::string_view text_;
  const YamlOutline& outline_;
};

}  // namespace

PodEdit edit_yaml(std::string_view text, const YamlOutline& outline,
                  const std::optional<std::string>& value) {
  const YamlEditor editor(text, outline);
  return value ? editor.set(*value) : editor.remove();
}

}  // namespace podreg::k8s
