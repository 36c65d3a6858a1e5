#include "core/java_type.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "core/error.h"

namespace podreg::core {
namespace {

struct Package {
  std::string_view name;
  std::string_view simple_name;
};

constexpr std::array kKnown = {
    Package{"java.lang", "Boolean"},       Package{"java.lang", "Byte"},
    Package{"java.lang", "Character"},     Package{"java.lang", "Double"},
    Package{"java.lang", "Float"},         Package{"java.lang", "Integer"},
    Package{"java.lang", "Long"},          Package{"java.lang", "Object"},
    Package{"java.lang", "Short"},         Package{"java.lang", "String"},
    Package{"java.math", "BigDecimal"},    Package{"java.math", "BigInteger"},
    Package{"java.time", "Instant"},       Package{"java.time", "LocalDate"},
    Package{"java.time", "LocalDateTime"}, Package{"java.time", "LocalTime"},
    Package{"java.util", "Collection"},    Package{"java.util", "Date"},
    Package{"java.util", "List"},          Package{"java.util", "Map"},
    Package{"java.util", "Set"},
};

std::string full_name(const std::string& name) {
  const auto brackets = name.find('[');
  const auto simple = std::string_view(name).substr(0, brackets);
  const auto* const known = std::ranges::find(kKnown, simple, &Package::simple_name);
  return known == kKnown.end() || simple.empty() ? name : fmt::format("{}.{}", known->name, name);
}

}  // namespace

std::vector<std::string> parse_java_types(std::string_view list, std::string_view flag) {
  std::vector<std::string> types(1);
  int depth = 0;  // of '<'
  for (const char c : list) {
    depth += c == '<' ? 1 : 0;
    if (depth == 0 && c == ',') {
      types.emplace_back();
    } else if (depth == 0) {
      types.back() += c;
    }
    depth -= c == '>' && depth > 0 ? 1 : 0;
  }
  for (auto& type : types) {
    type = full_name(std::string(trimmed(type, " ")));
    if (type.empty()) {
      throw Error(ErrorKind::usage, fmt::format("{}: \"{}\" has a type without a name", flag, list),
                  fmt::format("for example {} int,java.lang.String", flag));
    }
  }
  return types;
}

}  // namespace podreg::core
