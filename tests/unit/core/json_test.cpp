#include "core/json.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <new>
#include <string>

// The sanitizer ends the program where malloc(3) has nothing to give, unless it is told not to.
extern "C" const char* __asan_default_options();                                           // NOLINT
extern "C" const char* __asan_default_options() { return "allocator_may_return_null=1"; }  // NOLINT

namespace podreg::core {
namespace {

TEST(Json, WhereThereIsNoMemoryRapidJsonSaysSo) {
  constexpr std::size_t kTooMuch = PTRDIFF_MAX;
  EXPECT_THROW(JsonAllocator::Malloc(kTooMuch), std::bad_alloc);
  JsonBuffer buffer;
  EXPECT_THROW(buffer.Reserve(kTooMuch), std::bad_alloc);
  JsonDocument document;
  EXPECT_THROW(document.GetAllocator().Malloc(kTooMuch / 2), std::bad_alloc);
}

TEST(Json, BlocksGrowAndAreGivenBack) {
  void* block = JsonAllocator::Malloc(8);
  block = JsonAllocator::Realloc(block, 8, 1 << 20);
  ASSERT_NE(block, nullptr);
  EXPECT_EQ(JsonAllocator::Realloc(block, 1 << 20, 0), nullptr);
}

}  // namespace
}  // namespace podreg::core
