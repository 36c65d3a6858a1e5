// Points in time as text: RFC 3339, as Kubernetes writes them and podreg does.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace podreg::core {

using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

// With `T` and `Z` in capitals as Go's time.RFC3339 has them: "2026-11-25T01:09:09Z", with a
// fraction of a second (of which milliseconds are kept) and another offset too. Nothing for
// anything else.
std::optional<Timestamp> parse_timestamp(const std::string& text);

// In UTC, with milliseconds when there are some: "2026-11-25T01:09:09.5Z" is "….500Z". Nothing for
// what is not between the years 0 and 9999.
std::optional<std::string> format_timestamp(Timestamp time);

}  // namespace podreg::core
