// Strings of Hessian 2.0: UTF-16 code units, each written as UTF-8 on its own (CESU-8).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace podreg::rpc::hessian2 {

// Takes the chunks of one string and makes UTF-8 of them; a pair of surrogates may be in two
// chunks.
class TextDecoder {
 public:
  explicit TextDecoder(std::string& into) : into_(into) {}

  // Takes `units` code units from the beginning of `bytes`; returns how many bytes they were, or
  // kNotText when the bytes end before them or are not UTF-8.
  std::size_t feed(std::string_view bytes, std::size_t units);

  // Takes one code unit.
  void put(std::uint32_t unit);

  // To be called once, behind the last chunk.
  void finish() { flush_high(); }

  static constexpr std::size_t kNotText = std::string_view::npos;

 private:
  std::size_t feed_one(std::string_view bytes, std::size_t& units);
  void flush_high();

  std::string& into_;
  std::uint32_t high_ = 0;  // a high surrogate that waits for its partner
};

// Appends the text (UTF-8) in the form of Hessian: 4-byte characters as two surrogates.
void append_cesu8(std::string& into, std::string_view text);

}  // namespace podreg::rpc::hessian2
