#include "cli/thread_memory.h"

#include <malloc.h>
#include <pthread.h>

#include <cstddef>

#include "core/sanitized.h"

namespace podreg::cli {

void keep_threads_small() noexcept {
// The sanitizers need far more for each level.
#ifndef PODREG_SANITIZED
  constexpr std::size_t kStack = std::size_t{2} << 20;
  constexpr int kArenas = 2;
  ::mallopt(M_ARENA_MAX, kArenas);
  pthread_attr_t attributes;
  if (::pthread_attr_init(&attributes) != 0) return;
  ::pthread_attr_setstacksize(&attributes, kStack);
  ::pthread_setattr_default_np(&attributes);
  ::pthread_attr_destroy(&attributes);
#endif
}

}  // namespace podreg::cli
