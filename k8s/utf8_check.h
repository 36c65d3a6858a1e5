// Whether bytes that arrive in pieces are UTF-8 (RFC 3629: no overlong forms, no surrogates,
// nothing above U+10FFFF).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace podreg::k8s {

// A character may begin in one piece and end in the next. Not thread safe.
class Utf8Check {
 public:
  // Checks the next piece; returns the offset, from the first byte of the first piece, of the first
  // character that is not valid, or nothing when all is well so far. Not to be called after that.
  std::optional<std::size_t> feed(std::string_view piece);

  // The same at the end of the text: the offset of a character that was cut short.
  std::optional<std::size_t> finish() const;

 private:
  bool accept(unsigned char byte);
  void begin(std::uint8_t rest, unsigned char low, unsigned char high);

  std::size_t offset_ = 0;     // of the next piece
  std::size_t character_ = 0;  // offset of the character that is being read
  std::uint8_t rest_ = 0;      // continuation bytes that are still to come
  unsigned char low_ = 0x80;   // the next continuation byte is at least this
  unsigned char high_ = 0xbf;  // and at most this
};

}  // namespace podreg::k8s
