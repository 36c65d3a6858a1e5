// Ends of texts in YAML, and texts for YAML.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace podreg::k8s {

enum class YamlQuotes { single, twofold };

// The text in quotes, on one line, in the style that is wanted; when single quotes cannot hold it,
// in double ones.
std::string yaml_quoted(std::string_view text, YamlQuotes wanted);

// The column, counted from 0 in bytes, of an offset.
std::size_t column_of(std::string_view text, std::size_t offset);

// Behind the last character of the line that `offset` is in, its line break not included; and where
// the next line begins.
std::size_t end_of_line(std::string_view text, std::size_t offset);
std::size_t next_line(std::string_view text, std::size_t offset);

// Whether nothing but white space and a comment follows on the line.
bool is_rest_blank(std::string_view text, std::size_t offset);

// Behind the text that begins at `begin`: plain, in quotes, or (when not between braces) a literal
// or folded block. `key_column` is that of the key that it belongs to. Throws SpliceRefused when a
// quote is missing.
std::size_t end_of_yaml_text(std::string_view text, std::size_t begin, std::size_t key_column,
                             bool in_braces);

// Where the next node at column `column` or less stands, or the document ends: behind the last line
// of a node in block style that began at or before `offset`, at that column.
std::size_t end_of_block(std::string_view text, std::size_t offset, std::size_t column);

// Behind the map or list in braces or brackets that begins at `begin`.
std::size_t end_of_flow(std::string_view text, std::size_t begin);

}  // namespace podreg::k8s
