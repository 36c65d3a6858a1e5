#include "rpc/provider_error.h"

#include <fmt/format.h>

#include "core/short_text.h"

namespace podreg::rpc {

core::Error provider_error(const std::string& outcome, const std::string& message) {
  const auto line = core::short_text(message.substr(0, message.find_first_of("\r\n")));
  return {core::ErrorKind::invalid_data,
          fmt::format("the provider answered \"{}\"{}{}", outcome, line.empty() ? "" : ": ", line)};
}

}  // namespace podreg::rpc
