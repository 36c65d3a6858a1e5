// What the scripts of the shells ask podreg: which words could stand where somebody is typing.
//
// Format: that of spf13/cobra's hidden command, which kubectl expects of a plugin as well
// (kubectl_complete-NAME): `podreg __complete WORD… LAST` prints a line for each candidate, its
// description after a tab, and in the last line ':' and a number, the sum of
//   2  no space behind a word that is the only one
//   4  no names of files
// https://github.com/spf13/cobra/blob/main/site/content/completions/_index.md
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "core/streams.h"
#include "k8s/environment.h"

namespace podreg::cli {

// The command that the scripts run; it stands in no help.
inline constexpr std::string_view kCompleteCommand = "__complete";

// `words` are those behind the program's name, the last one, which may be empty, is being typed.
// Whatever fails is left out. Throws what writing throws.
void complete(const std::vector<std::string>& words, core::Streams& streams,
              const k8s::Environment& environment);

// How long a completion may take in all: $PODREG_COMPLETION_TIMEOUT, else 300 ms.
std::chrono::milliseconds completion_limit(const k8s::Environment& environment);

// From now on this process ends in silence when that time is over; no limit when it is zero.
void limit_completion_time(std::chrono::milliseconds limit);

// The script for "bash", "zsh" or "fish".
std::string_view completion_script(std::string_view shell);

}  // namespace podreg::cli
