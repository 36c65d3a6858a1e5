#include "k8s/connection_names.h"

#include <gtest/gtest.h>

namespace podreg::k8s {
namespace {

TEST(NearestNames, ThoseMostLikeTheWantedOneComeFirst) {
  EXPECT_EQ(list_nearest("prdo", {"test", "prod-eu", "prod"}), "prod, test, prod-eu");
  EXPECT_EQ(list_nearest("", {"b", "a"}), "b, a");
  EXPECT_EQ(list_nearest("x", {}), "");
}

TEST(NearestNames, ALongListIsCut) {
  const std::vector<std::string> names(12, "n");
  EXPECT_EQ(list_nearest("n", names), "n, n, n, n, n, n, n, n, n, n and 2 more");
}

}  // namespace
}  // namespace podreg::k8s
