#include "rpc/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace podreg::rpc {

void for_each_parallel(std::size_t count, std::size_t concurrency,
                       const std::function<bool(std::size_t)>& work, const TallySink& on_progress) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  Tally tally{count, 0, 0};
  if (on_progress && count > 0) on_progress(tally);
  std::exception_ptr failure;
  std::atomic<bool> failed = false;
  const auto run = [&] {
    for (std::size_t i = next++; i < count && !failed; i = next++) {
      try {
        const bool well = work(i);
        const std::lock_guard lock(mutex);
        ++tally.done;
        if (!well) ++tally.failed;
        if (on_progress) on_progress(tally);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
        failed = true;
      }
    }
  };
  {
    std::vector<std::jthread> workers;
    const auto threads = std::min(count, std::max<std::size_t>(concurrency, 1));
    for (std::size_t i = 1; i < threads; ++i) workers.emplace_back(run);
    run();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace podreg::rpc
