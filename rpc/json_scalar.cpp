#include "rpc/json_scalar.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>

#include "core/base64.h"
#include "core/error.h"
#include "core/timestamp.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;

namespace {

struct IntegerType {
  std::string_view primitive;
  std::string_view boxed;
  std::int64_t least;
  std::int64_t most;
};

template <typename Integer>
constexpr IntegerType integer_type(std::string_view primitive, std::string_view boxed) {
  return {primitive, boxed, std::numeric_limits<Integer>::min(),
          std::numeric_limits<Integer>::max()};
}

constexpr std::array kIntegerTypes = {
    integer_type<std::int8_t>("byte", "java.lang.Byte"),
    integer_type<std::int16_t>("short", "java.lang.Short"),
    integer_type<std::int32_t>("int", "java.lang.Integer"),
    integer_type<std::int64_t>("long", "java.lang.Long"),
};

bool is_real(std::string_view type) {
  return type == "double" || type == "java.lang.Double" || type == "float" ||
         type == "java.lang.Float";
}

bool is_big(std::string_view type) {
  return type == "java.math.BigDecimal" || type == "java.math.BigInteger";
}

bool is_date(std::string_view type) { return type == "java.util.Date"; }

bool is_bytes(std::string_view type) { return type == "byte[]" || type == "[B"; }

std::optional<std::int64_t> as_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

double as_real(std::string_view text) {
  return std::strtod(std::string(text).c_str(), nullptr);  // infinite when it is too large
}

// A decimal number as its digits without zeros around them, and the power of ten of the first.
struct Decimal {
  std::string digits;
  long exponent = 0;
  friend bool operator==(const Decimal&, const Decimal&) = default;
};

constexpr long kAnyExponent = 1'000'000'000;  // far beyond those of a double

Decimal decimal_of(std::string_view text) {
  Decimal decimal;
  const auto e = text.find_first_of("eE");
  if (e != std::string_view::npos) {
    auto power = text.substr(e + 1);
    if (power.starts_with('+')) power.remove_prefix(1);
    std::from_chars(power.data(), power.data() + power.size(), decimal.exponent);
    decimal.exponent = std::clamp(decimal.exponent, -kAnyExponent, kAnyExponent);
  }
  bool fraction = false;
  for (const char c : text.substr(0, e)) {
    fraction = fraction || c == '.';
    if (c < '0' || c > '9') continue;
    if (fraction && decimal.digits.empty()) --decimal.exponent;
    if (decimal.digits.empty() && c == '0') continue;
    if (!fraction && !decimal.digits.empty()) ++decimal.exponent;
    decimal.digits += c;
  }
  decimal.digits.erase(decimal.digits.find_last_not_of('0') + 1);
  if (decimal.digits.empty()) decimal.exponent = 0;
  return decimal;
}

bool is_exact(double value, std::string_view text) {
  return std::isfinite(value) && decimal_of(fmt::format("{}", value)) == decimal_of(text);
}

[[noreturn]] void refuse(const std::string& what, std::string_view text, std::string_view type) {
  throw Error(ErrorKind::usage, fmt::format("{} is no {}: {}", what, type, text));
}

void write_integer(hessian2::Writer& writer, std::int64_t value, bool is_long) {
  const bool small = value >= std::numeric_limits<std::int32_t>::min() &&
                     value <= std::numeric_limits<std::int32_t>::max();
  if (is_long || !small) {
    writer.long_integer(value);
  } else {
    writer.integer(static_cast<std::int32_t>(value));
  }
}

void write_untyped_number(hessian2::Writer& writer, std::string_view text) {
  if (const auto integer = as_integer(text)) return write_integer(writer, *integer, false);
  const bool whole = text.find_first_of(".eE") == std::string_view::npos;
  if (const double real = as_real(text); !whole && is_exact(real, text)) {
    writer.real(real);
  } else {
    writer.string(text);
  }
}

}  // namespace

void write_number(hessian2::Writer& writer, std::string_view text, std::string_view type,
                  const std::string& what) {
  const auto integer = as_integer(text);
  const auto* const wanted = std::ranges::find_if(kIntegerTypes, [&](const IntegerType& one) {
    return type == one.primitive || type == one.boxed;
  });
  if (wanted != kIntegerTypes.end()) {
    if (!integer || *integer < wanted->least || *integer > wanted->most) refuse(what, text, type);
    write_integer(writer, *integer, wanted->primitive == "long");
  } else if (is_real(type)) {
    writer.real(as_real(text));
  } else if (is_big(type)) {
    writer.string(text);
  } else if (is_date(type)) {
    if (!integer) refuse(what, text, type);
    writer.date(*integer);
  } else {
    write_untyped_number(writer, text);
  }
}

void write_string(hessian2::Writer& writer, std::string_view text, std::string_view type,
                  const std::string& what) {
  if (is_date(type)) {
    const auto time = core::parse_timestamp(std::string(text));
    if (!time) {
      throw Error(ErrorKind::usage, fmt::format("{} is no {}: {}", what, type, text),
                  "for example \"2026-11-25T01:09:09Z\", or milliseconds since 1970");
    }
    writer.date(time->time_since_epoch().count());
  } else if (is_bytes(type)) {
    try {
      writer.binary(core::decode_base64(std::string(text), what));
    } catch (const Error& error) {
      throw Error(ErrorKind::usage, error.what(), error.hint());
    }
  } else {
    writer.string(text);
  }
}

}  // namespace podreg::rpc
