// JSON that is there as text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace podreg::output {

// The same value, compact, with invisible characters in strings escaped; nothing when the text is
// not one JSON value.
std::optional<std::string> compact_json(std::string_view json);

// The same on several lines, as kubectl indents.
std::optional<std::string> pretty_json(std::string_view json);

// The same JSON with invisible characters escaped, which is the same value. Well-formed it must be,
// but need not be whole.
std::string escape_invisible(std::string_view json);

// The text as a JSON string with its quotes. Invisible characters are escaped, bytes that are not
// UTF-8 become U+FFFD.
std::string quoted_json(std::string_view text);

}  // namespace podreg::output
