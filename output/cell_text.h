// What stands in the cells of tables for the registry's values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "output/listing.h"

namespace podreg::output {

// The text, or `<none>`.
std::string or_none(std::string_view text);

// "a,b,c", or `<none>`.
std::string joined(const std::vector<std::string>& texts);

// A revision. In a table an MD5 is shortened to its first 8 digits, as git shortens a commit.
std::string revision_text(std::string_view revision, Detail detail);

// "10.0.0.1:20880", "[fd00::1]:20880".
std::string address_text(std::string_view host, int port);

// Milliseconds since the epoch, as text, in UTC as RFC 3339 has it, to the second; `<none>` for no
// text, `<invalid>` for what is no time between the years 1970 and 9999.
std::string time_text(std::string_view milliseconds);

}  // namespace podreg::output
