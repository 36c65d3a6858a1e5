// The order of addresses in results: IPv4 before IPv6, each numerically; what is neither comes
// last, as text.
#pragma once

#include <array>
#include <compare>
#include <string>
#include <string_view>

namespace podreg::core {

// Compares as the address that it was made of. Never throws.
class AddressOrder {
 public:
  explicit AddressOrder(std::string_view ip);

  friend auto operator<=>(const AddressOrder&, const AddressOrder&) = default;

 private:
  enum class Family { v4, v6, other };
  Family family_ = Family::other;
  std::array<unsigned char, 16> bytes_{};
  std::string text_;  // only of what is not an address
};

struct HostPort {
  std::string host;  // textual, without brackets
  int port = 0;      // 0: none
};

// "host", "host:port", "[ipv6]:port". Throws Error(invalid_data) that says what is wrong, for
// callers who know what it is part of: no host, no closing bracket, a port that is none.
HostPort parse_host_port(std::string_view text);

// "10.0.0.1:20880", "[fd00::1]:20880": how a host and a port are written together (RFC
// 3986, 3.2.2).
std::string host_port(std::string_view host, int port);

}  // namespace podreg::core
