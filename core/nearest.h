// What somebody probably meant.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace podreg::core {

// How many letters to insert, delete, replace or swap with the next one turn one word into the
// other, in any case. Only the first 64 letters count: the work grows with the square, and nobody
// mistypes more.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The word with the smallest edit distance; the first of several. Nothing when none is near: more
// than a third of the letters would change.
std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> words);

// The hint of an error about a word that is none of `words`: "did you mean NEAREST?"; `otherwise`
// when none is near.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> words,
                         std::string_view otherwise = {});

}  // namespace podreg::core
