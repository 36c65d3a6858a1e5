#include "core/ip_address.h"

#include <arpa/inet.h>
#include <fmt/format.h>

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

std::string host_port(std::string_view host, int port) {
  return host.find(':') == std::string_view::npos ? fmt::format("{}:{}", host, port)
                                                  : fmt::format("[{}]:{}", host, port);
}

}  // namespace podreg::core
