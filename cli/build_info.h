// What this program was built of.
#pragma once

#include <string_view>

namespace podreg::cli {

// The commit, with "-dirty" behind it when files of the tree were changed; "unknown" when the
// source came without a repository and is no archive of `./dev dist`.
std::string_view build_commit();

// The day of that commit, "2026-11-29"; of the build when the commit is not known.
std::string_view build_date();

// "GNU 12.2.0"
std::string_view build_compiler();

}  // namespace podreg::cli
