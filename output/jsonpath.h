// JSONPath templates as kubectl takes them with -o jsonpath=: text with expressions in braces.
//
// Dialect: client-go, util/jsonpath, with missing keys allowed, as kubectl has it. What it prints
// is the same, but for `*` and `..` on an object, whose members come in the order of the document
// (in Go: in no order).
//
//     {.items[*].host}   {.items[?(@.port==20880)].pod}   {range .items[*]}{.pod}{"\n"}{end}
//
// Several results of one expression have a space between them; objects and lists are compact JSON
// with sorted keys, texts stand without quotes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "output/jsonpath_parser.h"

namespace podreg::output {

// Each range within a range, and each `..`, can multiply the values that there are to look at: a
// template of a line could take for ever. This is what a list of 20,000 pods has five times over.
inline constexpr std::size_t kMostValues = 5'000'000;

class JsonPath {
 public:
  // Throws Error(usage) for a template that is not well formed; it shows what was typed.
  explicit JsonPath(std::string_view text, std::optional<TypedTemplate> typed = {})
      : nodes_(parse_jsonpath(text, typed)), source_(text) {}

  const std::string& source() const { return source_; }

  // The text of the template for this document; what is of the document is escaped as for a
  // terminal (output/terminal_text.h), what is of the template is not. Throws Error(usage) where
  // the template does not fit the document: an index that is not there, a filter of what is no
  // list, an {end} too many; and when it would look at more than `most` values.
  std::string text(const core::JsonValue& document, std::size_t most = kMostValues) const;

  // The same for a document that is JSON text.
  std::string text_of_json(std::string_view json) const;

  // The first result, for sorting.
  struct First {
    std::string text;
    std::optional<double> number;  // of a number
  };
  std::optional<First> find_first(const core::JsonValue& document) const;

  // The results of a template that is one expression, as the cells of a table have them: each as
  // text. Throws the same.
  std::vector<std::string> results(const core::JsonValue& document) const;

 private:
  std::vector<PathNode> nodes_;
  std::string source_;
};

// `.metadata.name`, `metadata.name` and `{.metadata.name}` are all `{.metadata.name}`, as kubectl
// takes it for a column or --sort-by. Throws Error(usage).
JsonPath relaxed_jsonpath(std::string_view expression);

// The value as JsonPath prints it.
std::string jsonpath_text(const core::JsonValue& value);

}  // namespace podreg::output
