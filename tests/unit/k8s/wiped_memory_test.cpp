#include "k8s/wiped_memory.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>

namespace podreg::k8s {
namespace {

TEST(WipedMemory, ReallocKeepsWhatThereWas) {
  void* block = wiping_realloc(nullptr, 8);
  std::memcpy(block, "secret!", 8);
  block = wiping_realloc(block, 100'000);
  EXPECT_STREQ(static_cast<const char*>(block), "secret!");
  block = wiping_realloc(block, 10);
  EXPECT_STREQ(static_cast<const char*>(block), "secret!");
  wiping_free(block);
  wiping_free(nullptr);
}

TEST(WipedMemory, MayBeAskedForTwice) {
  const WipedMemory outer;
  { const WipedMemory inner; }
  give_back(std::malloc(100));
  give_back(nullptr);
}

}  // namespace
}  // namespace podreg::k8s
