// The values of -o by name, for who shows them.
#pragma once

#include <span>
#include <string_view>

namespace podreg::output {

struct FormatName {
  std::string_view name;
  std::string_view description;
};

// What parse_format() reads, in the order of Format.
std::span<const FormatName> formats();

}  // namespace podreg::output
