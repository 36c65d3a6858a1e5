#include "k8s/near_address.h"

#include <gtest/gtest.h>

namespace podreg::k8s {
namespace {

TEST(NearAddress, ThisMachineAndPrivateNetworksAreNear) {
  for (const char* ip :
       {"127.0.0.1", "127.255.255.255", "10.0.0.1", "10.255.255.255", "172.16.0.1",
        "172.31.255.255", "192.168.0.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "::1",
        "fe80::1", "fe80::1%eth0", "febf::1", "fc00::1", "fdff::1", "::ffff:10.1.2.3"}) {
    EXPECT_TRUE(is_near(ip)) << ip;
  }
}

TEST(NearAddress, AllOthersAreFar) {
  for (const char* ip :
       {"9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255",
        "192.169.0.0", "100.63.255.255", "100.128.0.0", "128.0.0.1", "203.0.113.1", "2001:db8::1",
        "::2", "fec0::1", "fbff::1", "::ffff:203.0.113.1", "", "localhost"}) {
    EXPECT_FALSE(is_near(ip)) << ip;
  }
}

}  // namespace
}  // namespace podreg::k8s
