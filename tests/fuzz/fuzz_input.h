// What the fuzzers of protocols share: the input taken apart, pieces of it, and memory that is
// bounded by it.
#pragma once

#include <sanitizer/allocator_interface.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string_view>

namespace podreg::fuzz {

// The last byte chooses, so that what a real program sent is a seed as it stands.
struct FuzzInput {
  FuzzInput(const std::uint8_t* data, std::size_t size)
      // libFuzzer's bytes are unsigned, a text's are not.
      : bytes(reinterpret_cast<const char*>(data), size == 0 ? 0 : size - 1),
        choice(size == 0 ? 0 : data[size - 1]) {}

  std::string_view bytes;
  std::uint8_t choice;
};

inline void for_each_piece(std::string_view bytes, std::size_t piece,
                           const std::function<void(std::string_view)>& take) {
  for (std::size_t at = 0; at < bytes.size(); at += piece) take(bytes.substr(at, piece));
}

// Sees how much memory the objects hold that were made since.
class MemoryWatch {
 public:
  // Aborts when it is more than `factor` bytes for each byte of the input, and a little.
  void check(std::string_view input, std::size_t factor) const {
    constexpr std::size_t kLittle = std::size_t{128} << 10;
    const auto now = __sanitizer_get_current_allocated_bytes();
    if (now > before_ && now - before_ > input.size() * factor + kLittle) std::abort();
  }

 private:
  std::size_t before_ = __sanitizer_get_current_allocated_bytes();
};

inline void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace podreg::fuzz
