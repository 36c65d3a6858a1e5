// Durations on the command line, in the syntax of Go's time.ParseDuration, as kubectl takes them.
#pragma once

#include <chrono>
#include <string_view>

namespace podreg::cli {

// "300ms", "1.5h", "1m30s"; a bare number is seconds, as for kubectl's --request-timeout. Zero
// means no limit. Throws Error(usage) that names `flag` for anything else, negative durations
// included.
std::chrono::milliseconds parse_duration(std::string_view text, std::string_view flag);

}  // namespace podreg::cli
