// Adds and removes members of an object between braces: JSON, and YAML's flow style.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "k8s/splice.h"

namespace podreg::k8s {

// The white space of the line that `offset` is in, up to its first other character.
std::string_view indentation_at(std::string_view text, std::size_t offset);

// The offset of the first character at or after `offset` that is no space, tab or line break.
std::size_t skip_blanks(std::string_view text, std::size_t offset);

// Puts `member` ("key": value) before the member that begins at `first`, on a line of its own when
// that one is; on the same line `comma` stands between them.
Splice insert_member(std::string_view text, std::size_t first, const std::string& member,
                     std::string_view comma);

// Removes the member from `begin` to before `end`, with one comma, and the white space between it
// and a neighbour; of the only member all white space. Throws SpliceRefused when a comment is in
// the way.
Splice remove_member(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace podreg::k8s
