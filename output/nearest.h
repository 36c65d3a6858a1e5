// What somebody probably meant.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace podreg::output {

// The word with the fewest letters to insert, delete, replace or swap with the next one, in any
// case; the first of several. Nothing when none is near: more than a third of the letters would
// change.
std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> words);

}  // namespace podreg::output
