#include "tests/peer/hessian2/value_text.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <map>

#include "rpc/hessian2_text.h"

namespace podreg::tests {

using rpc::hessian2::Kind;
using rpc::hessian2::Value;

namespace {

// Prints values, and numbers those that may be met again.
class Printer {
 public:
  void add(const Value& value) {
    switch (value.kind()) {
      case Kind::null:
        line += "null";
        break;
      case Kind::boolean:
        line += value.boolean() ? "true" : "false";
        break;
      case Kind::integer:
        line += std::to_string(value.integer());
        break;
      case Kind::long_integer:
        line += std::to_string(value.integer()) + 'L';
        break;
      case Kind::real:
        line += text_of_real(value.real());
        break;
      case Kind::date:
        line += fmt::format("t{}", value.milliseconds());
        break;
      case Kind::string:
        line += text_of_string(value.text());
        break;
      case Kind::binary:
        line += text_of_binary(value.text());
        break;
      default:
        add_container(value);
    }
  }

  std::string line;

 private:
  void add_container(const Value& value) {
    const auto [known, is_new] = numbers_.emplace(value.id(), numbers_.size());
    line += fmt::format("{}{}", is_new ? '#' : '@', known->second);
    if (!is_new) return;
    if (value.kind() == Kind::list) {
      add_list(value);
    } else {
      add_fields(value);
    }
  }

  void add_list(const Value& list) {
    line += fmt::format("[{}:", list.type_name());
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i > 0) line += ',';
      add(list.item(i));
    }
    line += ']';
  }

  // Of a map or an object, sorted, since Java keeps no order in some maps.
  void add_fields(const Value& value) {
    const bool map = value.kind() == Kind::map;
    std::map<std::string, Value> fields;
    for (std::size_t i = 0; i < value.size(); ++i) {
      fields.emplace(map ? text_of_key(value.key(i)) : std::string(value.field_name(i)),
                     map ? value.mapped(i) : value.field(i));
    }
    line += fmt::format("{}{}:", map ? '{' : '(', value.type_name());
    bool first = true;
    for (const auto& [name, field] : fields) {
      line += fmt::format("{}{}=", first ? "" : ",", name);
      add(field);
      first = false;
    }
    line += map ? '}' : ')';
  }

  static std::string text_of_key(const Value& key) {
    Printer printer;
    printer.add(key);
    return std::move(printer.line);
  }

  std::map<std::uint32_t, std::size_t> numbers_;
};

void add_unit(std::string& text, std::uint32_t unit) {
  if (unit >= ' ' && unit <= '~' && unit != '"' && unit != '\\') {
    text += static_cast<char>(unit);
  } else {
    text += fmt::format("\\u{:04x}", unit);
  }
}

}  // namespace

std::string text_of(const std::vector<Value>& row) {
  Printer printer;
  for (const auto& value : row) {
    printer.add(value);
    printer.line += ' ';
  }
  return std::move(printer.line);
}

// The sign of zero is lost on the way, in Java as well.
std::string text_of_real(double value) {
  if (std::isnan(value)) return "dNaN";
  return fmt::format("d{:016x}", std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value));
}

// By UTF-16 code units, which three bytes of CESU-8 at most hold.
std::string text_of_string(std::string_view utf8) {
  std::string units;
  rpc::hessian2::append_cesu8(units, utf8);
  std::string text = "\"";
  for (std::size_t at = 0; at < units.size();) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(units.at(at + i)); };
    if (byte(0) < 0x80) {
      add_unit(text, byte(0));
      at += 1;
    } else if (byte(0) < 0xe0) {
      add_unit(text, (byte(0) & 0x1fU) << 6 | (byte(1) & 0x3fU));
      at += 2;
    } else {
      add_unit(text, (byte(0) & 0x0fU) << 12 | (byte(1) & 0x3fU) << 6 | (byte(2) & 0x3fU));
      at += 3;
    }
  }
  return text + '"';
}

std::string text_of_binary(std::string_view bytes) {
  std::string text = "b";
  for (const char c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return text;
}

}  // namespace podreg::tests
