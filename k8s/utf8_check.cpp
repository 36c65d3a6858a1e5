#include "k8s/utf8_check.h"

#include "core/ascii.h"

namespace podreg::k8s {
void Utf8Check::begin(std::uint8_t rest, unsigned char low, unsigned char high) {
  rest_ = rest;
  low_ = low;
  high_ = high;
}

// Takes one byte; the ranges are those of table 3-7 of the Unicode standard.
bool Utf8Check::accept(unsigned char byte) {
  if (rest_ != 0) {
    if (byte < low_ || byte > high_) return false;
    begin(static_cast<std::uint8_t>(rest_ - 1), 0x80, 0xbf);
    return true;
  }
  if (byte < 0x80) return true;
  if (byte < 0xc2 || byte > 0xf4) return false;
  if (byte < 0xe0) {
    begin(1, 0x80, 0xbf);
  } else if (byte < 0xf0) {
    begin(2, byte == 0xe0 ? 0xa0 : 0x80, byte == 0xed ? 0x9f : 0xbf);
  } else {
    begin(3, byte == 0xf0 ? 0x90 : 0x80, byte == 0xf4 ? 0x8f : 0xbf);
  }
  return true;
}

std::optional<std::size_t> Utf8Check::feed(std::string_view piece) {
  std::size_t at = 0;
  while (at < piece.size()) {
    if (rest_ == 0) {
      at += core::ascii_prefix(piece.substr(at));
      if (at == piece.size()) break;
      character_ = offset_ + at;
    }
    if (!accept(static_cast<unsigned char>(piece[at]))) return character_;
    ++at;
  }
  offset_ += piece.size();
  return std::nullopt;
}

std::optional<std::size_t> Utf8Check::finish() const {
  if (rest_ != 0) return character_;
  return std::nullopt;
}

}  // namespace podreg::k8s
