#include "cli/duration.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "core/error.h"

namespace podreg::cli {

namespace {

struct Unit {
  std::string_view name;
  double milliseconds;
};

// "ms" stands before "m", because the first that fits is taken.
constexpr std::array kUnits = {Unit{"ns", 1e-6},    Unit{"us", 1e-3}, Unit{"µs", 1e-3},
                               Unit{"ms", 1},       Unit{"s", 1000},  Unit{"m", 60'000},
                               Unit{"h", 3'600'000}};

constexpr double kLongest = 1e12;  // 30 years; more does not fit a timer

std::optional<double> take_number(std::string_view& text) {
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  const bool starts_as_number = !text.empty() && text.front() >= '.' && text.front() <= '9';
  if (error != std::errc{} || !starts_as_number) return std::nullopt;  // nor NaN
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::optional<double> take_unit(std::string_view& text) {
  for (const Unit& unit : kUnits) {
    if (!text.starts_with(unit.name)) continue;
    text.remove_prefix(unit.name.size());
    return unit.milliseconds;
  }
  return std::nullopt;
}

std::optional<double> milliseconds_of(std::string_view text) {
  if (text.empty()) return std::nullopt;
  double total = 0;
  bool first = true;
  while (!text.empty()) {
    const auto number = take_number(text);
    if (!number) return std::nullopt;
    if (first && text.empty()) return *number * 1000;  // a bare number
    const auto unit = take_unit(text);
    if (!unit) return std::nullopt;
    total += *number * *unit;
    first = false;
  }
  return total;
}

}  // namespace

std::chrono::milliseconds parse_duration(std::string_view text, std::string_view flag) {
  const auto value = milliseconds_of(text);
  if (value && !(*value < kLongest)) {
    throw core::Error(core::ErrorKind::usage,
                      fmt::format("{}: {} is too long; a year is 8760h", flag, text));
  }
  if (!value) {
    throw core::Error(core::ErrorKind::usage,
                      fmt::format("{}: \"{}\" is not a duration", flag, text),
                      "write it with a unit, for example 500ms, 30s or 1m30s");
  }
  // A limit that was asked for must not become none by rounding.
  const auto rounded = std::chrono::milliseconds(static_cast<long long>(*value));
  return *value > 0 && rounded.count() == 0 ? std::chrono::milliseconds(1) : rounded;
}

}  // namespace podreg::cli
