// Whether to use colour, and the few that are used.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace podreg::output {

enum class ColorMode { automatic, always, never };

// `auto`, `always` or `never`. Throws Error(usage) for anything else.
ColorMode parse_color_mode(std::string_view text);

// What decides, besides the stream being a terminal: --color, and two variables of the environment,
// which the caller reads. NO_COLOR that is not empty (no-color.org) and TERM=dumb mean no colour.
struct ColorPolicy {
  ColorMode mode = ColorMode::automatic;
  std::optional<std::string> no_color = std::nullopt;
  std::optional<std::string> term = std::nullopt;
};

bool use_color(const ColorPolicy& policy, bool is_terminal);

enum class Paint { bold, red, yellow, green };

// The text between escape sequences, or as it is when not `enabled`. The text must be safe for a
// terminal already (terminal_text).
std::string painted(std::string_view text, Paint paint, bool enabled);

}  // namespace podreg::output
