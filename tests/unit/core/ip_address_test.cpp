#include "core/ip_address.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace podreg::core {
namespace {

TEST(AddressOrder, IsNumericWithIpv4BeforeIpv6) {
  std::vector<std::string> hosts = {"fd00::10", "10.0.0.10", "example",
                                    "fd00::9",  "10.0.0.9",  "9.255.0.1"};
  std::ranges::sort(hosts, {}, [](const std::string& host) { return AddressOrder(host); });
  EXPECT_EQ(hosts, (std::vector<std::string>{"9.255.0.1", "10.0.0.9", "10.0.0.10", "fd00::9",
                                             "fd00::10", "example"}));
}

TEST(AddressOrder, TheSameAddressWrittenDifferentlyIsEqual) {
  EXPECT_EQ(AddressOrder("fd00::1"), AddressOrder("fd00:0:0:0:0:0:0:1"));
}

TEST(HostPort, PutsIpv6IntoBrackets) {
  EXPECT_EQ(host_port("10.0.0.1", 20880), "10.0.0.1:20880");
  EXPECT_EQ(host_port("fd00::1", 20880), "[fd00::1]:20880");
}

}  // namespace
}  // namespace podreg::core
