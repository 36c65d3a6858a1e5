// The escapes of a quoted text in a JSONPath template.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace podreg::output {

// What stands between the quotes, as Go's strconv.UnquoteChar reads it: \n, \t, \\, \x41, \u00e9,
// \101 and their like, and the quote itself. Nothing for an escape that does not exist, and for a
// quote without one.
std::optional<std::string> unquote(std::string_view text, char quote);

}  // namespace podreg::output
