// The values of -o by name, for who shows them.
#pragma once

#include <span>
#include <string_view>

namespace podreg::output {

struct FormatName {
  std::string_view name;  // ends with '=' when a text of the user's follows
  std::string_view description;
  unsigned prints = 0;  // the commands that take it: a bit for each value of Prints
};

// What parse_format() reads, in the order of Format.
std::span<const FormatName> formats();

}  // namespace podreg::output
