// The same work for many things, some of it at the same time.
#pragma once

#include <cstddef>
#include <functional>

#include "rpc/tally.h"

namespace podreg::rpc {

// Calls `work` for 0 to count-1, in this order but from up to `concurrency` threads, of which the
// caller's is one; it says whether that went well. Where there can be no more threads, fewer do the
// same. After a call that throws no other begins, and the first exception is thrown again when all
// have ended.
void for_each_parallel(std::size_t count, std::size_t concurrency,
                       const std::function<bool(std::size_t)>& work, const TallySink& on_progress);

}  // namespace podreg::rpc
