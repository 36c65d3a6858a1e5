#include "k8s/near_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace podreg::k8s {
namespace {

struct Network {
  std::uint32_t address;
  unsigned bits;
};

constexpr std::array kNearNetworks = {
    Network{0x7f000000, 8},   // 127.0.0.0
    Network{0x0a000000, 8},   // 10.0.0.0
    Network{0xac100000, 12},  // 172.16.0.0
    Network{0xc0a80000, 16},  // 192.168.0.0
    Network{0xa9fe0000, 16},  // 169.254.0.0
    Network{0x64400000, 10},  // 100.64.0.0
};

bool is_near_ipv4(std::uint32_t address) {
  return std::ranges::any_of(kNearNetworks, [address](const Network& network) {
    return (address ^ network.address) >> (32 - network.bits) == 0;
  });
}

bool is_near_ipv6(const in6_addr& address) {
  if (IN6_IS_ADDR_V4MAPPED(&address)) {
    const std::uint8_t* const last = &address.s6_addr[12];
    return is_near_ipv4(std::uint32_t{last[0]} << 24 | std::uint32_t{last[1]} << 16 |
                        std::uint32_t{last[2]} << 8 | last[3]);
  }
  return IN6_IS_ADDR_LOOPBACK(&address) || IN6_IS_ADDR_LINKLOCAL(&address) ||
         (address.s6_addr[0] & 0xfe) == 0xfc;
}

}  // namespace

bool is_near(const std::string& ip) {
  in_addr ipv4{};
  if (inet_pton(AF_INET, ip.c_str(), &ipv4) == 1) return is_near_ipv4(ntohl(ipv4.s_addr));
  in6_addr ipv6{};
  return inet_pton(AF_INET6, ip.substr(0, ip.find('%')).c_str(), &ipv6) == 1 && is_near_ipv6(ipv6);
}

}  // namespace podreg::k8s
