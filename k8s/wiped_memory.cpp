#include "k8s/wiped_memory.h"

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <mutex>

namespace podreg::k8s {

namespace {

// Any byte but 0, which means that nothing is overwritten.
[[maybe_unused]] constexpr int kPattern = 0x5a;

std::mutex mutex;
std::atomic<int> users = 0;

void overwrite_what_is_freed([[maybe_unused]] bool wanted) {
#ifdef M_PERTURB
  mallopt(M_PERTURB, wanted ? kPattern : 0);
#endif
}

}  // namespace

WipedMemory::WipedMemory() {
  const std::scoped_lock lock(mutex);
  if (users++ == 0) overwrite_what_is_freed(true);
}

WipedMemory::~WipedMemory() {
  const std::scoped_lock lock(mutex);
  if (--users == 0) overwrite_what_is_freed(false);
}

void give_back(void* block) noexcept {
  users.load(std::memory_order_relaxed) > 0 ? wiping_free(block) : std::free(block);
}

void* wiping_realloc(void* block, std::size_t size) {
  if (block == nullptr) return std::malloc(size);
  const std::size_t held = ::malloc_usable_size(block);
  if (size <= held && size > 0) return block;
  void* moved = std::malloc(size);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, block, std::min(held, size));
  wiping_free(block);
  return moved;
}

void wiping_free(void* block) {
  if (block == nullptr) return;
  ::explicit_bzero(block, ::malloc_usable_size(block));
  std::free(block);
}

}  // namespace podreg::k8s
