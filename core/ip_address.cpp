#include "core/ip_address.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <charconv>

#include "core/error.h"

namespace podreg::core {

AddressOrder::AddressOrder(std::string_view ip) {
  const std::string text(ip);
  if (inet_pton(AF_INET, text.c_str(), bytes_.data()) == 1) {
    family_ = Family::v4;
  } else if (inet_pton(AF_INET6, text.c_str(), bytes_.data()) == 1) {
    family_ = Family::v6;
  } else {
    text_ = text;
  }
}

HostPort parse_host_port(std::string_view text) {
  const auto refuse = [](const char* why) { throw Error(ErrorKind::invalid_data, why); };
  HostPort result;
  std::string_view port;
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) refuse("the address has no closing bracket");
    result.host = text.substr(1, close - 1);
    port = text.substr(close + 1);
  } else {
    const auto colon = text.find(':');
    result.host = text.substr(0, colon);
    if (colon != std::string_view::npos) port = text.substr(colon);
  }
  if (result.host.empty()) refuse("it names no host");
  if (port.empty()) return result;
  const char* last = port.data() + port.size();
  const auto [end, error] = std::from_chars(port.data() + 1, last, result.port);
  if (port.front() != ':' || error != std::errc{} || end != last || result.port < 1 ||
      result.port > 65535) {
    refuse("its port is not a number from 1 to 65535");
  }
  return result;
}

std::string host_port(std::string_view host, int port) {
  return host.find(':') == std::string_view::npos ? fmt::format("{}:{}", host, port)
                                                  : fmt::format("[{}]:{}", host, port);
}

}  // namespace podreg::core
