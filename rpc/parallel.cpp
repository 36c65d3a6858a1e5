#include "rpc/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace podreg::rpc {

namespace {

// With fewer threads the same gets done, which takes longer but is no reason to fail.
std::vector<std::jthread> start_threads(std::size_t count, const std::function<void()>& run) {
  std::vector<std::jthread> threads;
  threads.reserve(count);
  try {
    while (threads.size() < count) threads.emplace_back(run);
  } catch (const std::system_error&) {
    return threads;
  }
  return threads;
}

}  // namespace

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
    const auto at_once = std::clamp<std::size_t>(concurrency, 1, std::max<std::size_t>(count, 1));
    const auto others = start_threads(at_once - 1, run);
    run();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace podreg::rpc
