#include "core/nearest_interface.h"

#include <gmock/gmock.h>

namespace podreg::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::set<std::string> kNames = {"com.example.shop.OrderService",
                                      "com.example.shop.PriceService", "com.other.OrderService",
                                      "org.acme.OrderServices", "plain"};

TEST(NearestInterfaces, AreOfNearlyTheSameClassTheNearestPackageFirst) {
  EXPECT_THAT(nearest_interfaces("com.example.shop.OrderSrvice", kNames),
              ElementsAre("com.example.shop.OrderService", "com.other.OrderService",
                          "org.acme.OrderServices"));
}

TEST(NearestInterfaces, AClassIsFoundWithoutItsPackage) {
  EXPECT_THAT(nearest_interfaces("orderservice", kNames),
              ElementsAre("com.other.OrderService", "com.example.shop.OrderService",
                          "org.acme.OrderServices"));
  EXPECT_THAT(nearest_interfaces("com.example.Plain", kNames), ElementsAre("plain"));
}

TEST(NearestInterfaces, ThereAreNoneOfAnotherClass) {
  EXPECT_THAT(nearest_interfaces("com.example.shop.Warehouse", kNames), IsEmpty());
  EXPECT_THAT(nearest_interfaces("com.example.shop.", kNames), IsEmpty());
}

TEST(NearestInterfaces, AreThreeAtMost) {
  std::set<std::string> names;
  for (char c = 'a'; c < 'z'; ++c) names.insert(std::string(1, c) + ".OrderService");
  EXPECT_THAT(nearest_interfaces("c.OrderService", names),
              ElementsAre("c.OrderService", "a.OrderService", "b.OrderService"));
}

}  // namespace
}  // namespace podreg::core
