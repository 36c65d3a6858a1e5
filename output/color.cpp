#include "output/color.h"

#include <fmt/format.h>

#include "core/choice.h"

namespace podreg::output {

namespace {

std::string_view code_of(Paint paint) {
  switch (paint) {
    case Paint::bold:
      return "1";
    case Paint::red:
      return "1;31";
    case Paint::yellow:
      return "33";
    case Paint::green:
      return "32";
  }
  return "0";
}

}  // namespace

ColorMode parse_color_mode(std::string_view text) {
  if (text == "auto") return ColorMode::automatic;
  if (text == "always") return ColorMode::always;
  if (text == "never") return ColorMode::never;
  core::refuse_choice("--color", text, {"auto", "always", "never"});
}

bool use_color(const ColorPolicy& policy, bool is_terminal) {
  if (policy.mode != ColorMode::automatic) return policy.mode == ColorMode::always;
  if (policy.no_color && !policy.no_color->empty()) return false;
  return is_terminal && policy.term != "dumb";
}

std::string painted(std::string_view text, Paint paint, bool enabled) {
  if (!enabled || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code_of(paint), text);
}

}  // namespace podreg::output
