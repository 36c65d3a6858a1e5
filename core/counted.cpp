#include "core/counted.h"

#include <fmt/format.h>

namespace podreg::core {

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace podreg::core
