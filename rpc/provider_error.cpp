#include "rpc/provider_error.h"

#include <fmt/format.h>

#include "core/short_text.h"

namespace podreg::rpc {

core::Error provider_error(const std::string& outcome, const std::string& message,
                           core::ErrorKind kind) {
  const auto line = core::short_text(message.substr(0, message.find_first_of("\r\n")));
  return {kind,
          fmt::format("the provider answered \"{}\"{}{}", outcome, line.empty() ? "" : ": ", line)};
}

core::Error connection_closed(Heard heard, const std::string& reason) {
  std::string what = heard == Heard::part_of_the_answer
                         ? "the connection ended in the middle of an answer"
                         : "the connection was closed without an answer";
  if (!reason.empty()) {
    what += ": " + reason;
  } else if (heard == Heard::nothing) {
    what += "; perhaps something else is spoken there, such as TLS";
  }
  return {core::ErrorKind::unreachable, what};
}

}  // namespace podreg::rpc
