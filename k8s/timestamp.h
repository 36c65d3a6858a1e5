// Points in time as Kubernetes writes them.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace podreg::k8s {

// RFC 3339, with `T` and `Z` in capitals as Go's time.RFC3339 has them: "2026-11-25T01:09:09Z",
// with a fraction of a second (which is dropped) and another offset too. Nothing for anything else.
std::optional<std::chrono::sys_seconds> parse_timestamp(const std::string& text);

}  // namespace podreg::k8s
