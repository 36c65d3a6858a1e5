// The same work for many things, some of it at the same time.
#pragma once

#include <cstddef>
#include <functional>

namespace podreg::rpc {

// Calls `work` for 0 to count-1, in this order but from up to `concurrency` threads, of which the
// caller's is one. After a call that throws no other begins, and the first exception is thrown
// again when all have ended. `on_progress` is told at the beginning and after each how many are
// done, by one thread at a time; may be empty.
void for_each_parallel(std::size_t count, std::size_t concurrency,
                       const std::function<void(std::size_t)>& work,
                       const std::function<void(std::size_t done, std::size_t all)>& on_progress);

}  // namespace podreg::rpc
