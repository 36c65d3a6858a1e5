#include "rpc/jsonb_string.h"

#include <cstddef>
#include <cstdint>

#include "rpc/hessian2_text.h"

namespace podreg::rpc {
namespace {

constexpr unsigned char kShortAscii = 0x49;  // and the length, up to 0x78
constexpr unsigned char kAscii = 0x79;
constexpr unsigned char kUtf8 = 0x7a;
constexpr unsigned char kUtf16Le = 0x7c;
constexpr unsigned char kUtf16Be = 0x7d;

std::optional<std::uint32_t> take_bytes(std::string_view& bytes, std::size_t count) {
  if (bytes.size() < count) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : bytes.substr(0, count)) value = value << 8 | static_cast<unsigned char>(c);
  bytes.remove_prefix(count);
  return value;
}

// A length in the form of JSONB's int.
std::optional<std::uint32_t> take_length(std::string_view& bytes) {
  const auto tag = take_bytes(bytes, 1);
  if (!tag) return std::nullopt;
  if (*tag <= 0x2f) return tag;
  const auto more = [&](std::size_t count, std::uint32_t high) -> std::optional<std::uint32_t> {
    const auto low = take_bytes(bytes, count);
    if (!low) return std::nullopt;
    return static_cast<std::uint32_t>((std::uint64_t{high} << (8 * count)) + *low);
  };
  if (*tag >= 0x38 && *tag <= 0x3f) return more(1, *tag - 0x38);
  if (*tag >= 0x44 && *tag <= 0x47) return more(2, *tag - 0x44);
  if (*tag == 0x48) return more(4, 0);
  return std::nullopt;
}

std::string from_utf16(std::string_view bytes, bool little_endian) {
  std::string utf8;
  hessian2::TextDecoder decoder(utf8);
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const std::uint32_t first = static_cast<unsigned char>(bytes[i]);
    const std::uint32_t second = static_cast<unsigned char>(bytes[i + 1]);
    decoder.put(little_endian ? second << 8 | first : first << 8 | second);
  }
  decoder.finish();
  return utf8;
}

}  // namespace

std::optional<std::string> jsonb_string(std::string_view body) {
  const auto size = take_bytes(body, 4);
  if (!size || *size != body.size() || body.empty()) return std::nullopt;
  const auto type = static_cast<unsigned char>(body[0]);
  body.remove_prefix(1);
  if (type >= kShortAscii && type < kAscii) {
    if (body.size() != static_cast<std::size_t>(type - kShortAscii)) return std::nullopt;
    return std::string(body);
  }
  const auto length = take_length(body);
  if (!length || *length != body.size()) return std::nullopt;
  if (type == kAscii || type == kUtf8) return std::string(body);
  if (type == kUtf16Le || type == kUtf16Be) return from_utf16(body, type == kUtf16Le);
  return std::nullopt;
}

}  // namespace podreg::rpc
