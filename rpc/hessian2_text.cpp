#include "rpc/hessian2_text.h"

#include "core/ascii.h"

namespace podreg::rpc::hessian2 {
namespace {

constexpr std::uint32_t kReplacement = 0xfffd;

bool is_high(std::uint32_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
bool is_low(std::uint32_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

void append_utf8(std::string& into, std::uint32_t c) {
  const auto byte = [&](std::uint32_t value) { into += static_cast<char>(value); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xc0 | c >> 6);
    byte(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    byte(0xe0 | c >> 12);
    byte(0x80 | (c >> 6 & 0x3f));
    byte(0x80 | (c & 0x3f));
  } else {
    byte(0xf0 | c >> 18);
    byte(0x80 | (c >> 12 & 0x3f));
    byte(0x80 | (c >> 6 & 0x3f));
    byte(0x80 | (c & 0x3f));
  }
}

// The length of the character that begins with this byte; 0 when none does.
std::size_t length_of(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc0 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

// The character of `length` bytes there; false when a byte of it is out of place.
bool decode(std::string_view bytes, std::size_t length, std::uint32_t& c) {
  static constexpr unsigned char kLeadBits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
  c = static_cast<unsigned char>(bytes[0]) & kLeadBits[length];
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if ((byte & 0xc0) != 0x80) return false;
    c = c << 6 | (byte & 0x3f);
  }
  return c <= 0x10ffff;
}

}  // namespace

std::size_t TextDecoder::feed(std::string_view bytes, std::size_t units) {
  std::size_t at = 0;
  while (units > 0) {
    const std::size_t ascii = core::ascii_prefix(bytes.substr(at, units));
    if (ascii > 0) {
      flush_high();
      into_.append(bytes, at, ascii);
      at += ascii;
      units -= ascii;
      continue;
    }
    const std::size_t length = feed_one(bytes.substr(at), units);
    if (length == kNotText) return kNotText;
    at += length;
  }
  return at;
}

std::size_t TextDecoder::feed_one(std::string_view bytes, std::size_t& units) {
  if (bytes.empty()) return kNotText;
  const std::size_t length = length_of(static_cast<unsigned char>(bytes[0]));
  std::uint32_t c = 0;
  if (length == 0 || length > bytes.size() || !decode(bytes, length, c)) return kNotText;
  const std::size_t taken = c > 0xffff ? 2 : 1;
  if (taken > units) return kNotText;
  units -= taken;
  put(c);
  return length;
}

void TextDecoder::put(std::uint32_t unit) {
  if (is_low(unit) && high_ != 0) {
    append_utf8(into_, 0x10000 + ((high_ - 0xd800) << 10) + (unit - 0xdc00));
    high_ = 0;
    return;
  }
  flush_high();
  if (is_high(unit)) {
    high_ = unit;
  } else {
    append_utf8(into_, is_low(unit) ? kReplacement : unit);
  }
}

void TextDecoder::flush_high() {
  if (high_ != 0) append_utf8(into_, kReplacement);
  high_ = 0;
}

void append_cesu8(std::string& into, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = length_of(lead);
    std::uint32_t c = 0;
    if (length == 4 && at + 4 <= text.size() && decode(text.substr(at), 4, c) && c > 0xffff) {
      append_utf8(into, 0xd800 + ((c - 0x10000) >> 10));
      append_utf8(into, 0xdc00 + ((c - 0x10000) & 0x3ff));
      at += 4;
    } else {
      into += text[at++];
    }
  }
}

}  // namespace podreg::rpc::hessian2
