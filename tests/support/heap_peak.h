// How much memory is held at most while something runs.
#pragma once

#include <atomic>
#include <cstddef>

// gcc's names for what a program is built with; others count nothing.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// From sanitizer/allocator_interface.h, which comes with clang only.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*taken)(const volatile void*,
                                                                       std::size_t),
                                                         void (*given_back)(const volatile void*));
extern "C" std::size_t __sanitizer_get_allocated_size(const volatile void* at);
#define PODREG_TESTS_COUNT_HEAP
#endif

namespace podreg::tests {

// The bytes of the heap that were allocated since it was made, at their peak: of the whole process,
// so that a fake server beside it counts too. Without a sanitizer it is 0. One at a time.
class HeapPeak {
 public:
  HeapPeak() {
    install();
    held() = 0;
    peak() = 0;
  }
  HeapPeak(const HeapPeak&) = delete;
  HeapPeak& operator=(const HeapPeak&) = delete;

  static std::size_t bytes() { return static_cast<std::size_t>(peak().load()); }

 private:
  // Signed: what is freed may have been there before.
  static std::atomic<std::ptrdiff_t>& held() {
    static std::atomic<std::ptrdiff_t> bytes;
    return bytes;
  }
  static std::atomic<std::ptrdiff_t>& peak() {
    static std::atomic<std::ptrdiff_t> bytes;
    return bytes;
  }

#ifdef PODREG_TESTS_COUNT_HEAP
  static void install() {
    // It stays, for as long as the program runs.
    static const int installed = __sanitizer_install_malloc_and_free_hooks(taken, given_back);
    static_cast<void>(installed);
  }
  static void taken(const volatile void* /*at*/, std::size_t size) {
    const auto now = held() += static_cast<std::ptrdiff_t>(size);
    auto most = peak().load();
    while (now > most && !peak().compare_exchange_weak(most, now)) {
    }
  }
  static void given_back(const volatile void* at) {
    held() -= static_cast<std::ptrdiff_t>(__sanitizer_get_allocated_size(at));
  }
#else
  static void install() {}
#endif
};

}  // namespace podreg::tests
