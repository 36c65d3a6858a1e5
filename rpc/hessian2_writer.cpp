#include "rpc/hessian2_writer.h"

#include <bit>
#include <cmath>
#include <limits>

#include "rpc/hessian2_text.h"

namespace podreg::rpc::hessian2 {
namespace {

constexpr std::size_t kStringChunk = 0x8000;  // UTF-16 code units
constexpr std::size_t kBinaryChunk = 0x8000 - 3;
constexpr std::int64_t kMillisecondsOfMinute = 60'000;

template <typename Integer>
bool fits(std::int64_t value) {
  return value >= std::numeric_limits<Integer>::min() &&
         value <= std::numeric_limits<Integer>::max();
}

// Where a chunk that begins at `begin` ends, so that it has at most kStringChunk code units.
std::size_t end_of_chunk(std::string_view text, std::size_t begin, std::size_t& units) {
  units = 0;
  std::size_t at = begin;
  while (at < text.size()) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const std::size_t wide = length == 4 ? 2 : 1;
    if (units + wide > kStringChunk) break;
    units += wide;
    at = std::min(at + length, text.size());
  }
  return at;
}

}  // namespace

void Writer::big_endian(std::uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) bytes_ += static_cast<char>(value >> (8 * i) & 0xff);
}

void Writer::integer(std::int32_t value) {
  const auto bits = static_cast<std::uint32_t>(value);
  if (value >= -0x10 && value <= 0x2f) {
    big_endian(bits + 0x90, 1);
  } else if (value >= -0x800 && value <= 0x7ff) {
    big_endian(bits + 0xc800, 2);
  } else if (value >= -0x40000 && value <= 0x3ffff) {
    big_endian(bits + 0xd40000, 3);
  } else {
    bytes_ += 'I';
    big_endian(bits, 4);
  }
}

void Writer::long_integer(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  if (value >= -0x08 && value <= 0x0f) {
    big_endian(bits + 0xe0, 1);
  } else if (value >= -0x800 && value <= 0x7ff) {
    big_endian(bits + 0xf800, 2);
  } else if (value >= -0x40000 && value <= 0x3ffff) {
    big_endian(bits + 0x3c0000, 3);
  } else if (fits<std::int32_t>(value)) {
    bytes_ += 'Y';
    big_endian(bits, 4);
  } else {
    bytes_ += 'L';
    big_endian(bits, 8);
  }
}

void Writer::real(double value) {
  const bool in_range = std::abs(value) < 2147483.0;  // its thousandths fit 32 bits; NaN does not
  const auto whole = in_range ? static_cast<std::int32_t>(value) : 0;
  if (in_range && whole == value && fits<std::int16_t>(whole)) {
    if (whole == 0 || whole == 1) {
      bytes_ += whole == 0 ? '\x5b' : '\x5c';
    } else {
      const bool one = fits<std::int8_t>(whole);
      bytes_ += one ? '\x5d' : '\x5e';
      big_endian(static_cast<std::uint32_t>(whole), one ? 1 : 2);
    }
    return;
  }
  const auto thousandths = in_range ? static_cast<std::int32_t>(value * 1000) : 0;
  if (in_range && 0.001 * thousandths == value) {
    bytes_ += '\x5f';
    big_endian(static_cast<std::uint32_t>(thousandths), 4);
    return;
  }
  bytes_ += 'D';
  big_endian(std::bit_cast<std::uint64_t>(value), 8);
}

void Writer::date(std::int64_t milliseconds) {
  const std::int64_t minutes = milliseconds / kMillisecondsOfMinute;
  const bool whole = milliseconds % kMillisecondsOfMinute == 0 && fits<std::int32_t>(minutes);
  bytes_ += whole ? 'K' : 'J';
  big_endian(static_cast<std::uint64_t>(whole ? minutes : milliseconds), whole ? 4 : 8);
}

void Writer::chunk(std::string_view utf8, std::size_t units, bool last) {
  if (!last) {
    bytes_ += 'R';
    big_endian(units, 2);
  } else if (units <= 0x1f) {
    big_endian(units, 1);
  } else if (units <= 0x3ff) {
    big_endian(units + 0x3000, 2);
  } else {
    bytes_ += 'S';
    big_endian(units, 2);
  }
  append_cesu8(bytes_, utf8);
}

void Writer::string(std::string_view utf8) {
  std::size_t begin = 0;
  for (;;) {
    std::size_t units = 0;
    const std::size_t end = end_of_chunk(utf8, begin, units);
    chunk(utf8.substr(begin, end - begin), units, end == utf8.size());
    if (end == utf8.size()) return;
    begin = end;
  }
}

void Writer::binary(std::string_view bytes) {
  while (bytes.size() > kBinaryChunk) {
    bytes_ += 'A';
    big_endian(kBinaryChunk, 2);
    bytes_ += bytes.substr(0, kBinaryChunk);
    bytes.remove_prefix(kBinaryChunk);
  }
  if (bytes.size() <= 0x0f) {
    big_endian(bytes.size() + 0x20, 1);
  } else if (bytes.size() <= 0x3ff) {
    big_endian(bytes.size() + 0x3400, 2);
  } else {
    bytes_ += 'B';
    big_endian(bytes.size(), 2);
  }
  bytes_ += bytes;
}

// The first time by name, then by number.
void Writer::write_type(std::string_view name) {
  if (const auto known = types_.find(name); known != types_.end()) {
    integer(known->second);
    return;
  }
  types_.emplace(name, static_cast<std::int32_t>(types_.size()));
  string(name);
}

void Writer::begin_map(std::string_view type) {
  bytes_ += type.empty() ? 'H' : 'M';
  if (!type.empty()) write_type(type);
}

void Writer::list(std::size_t size, std::string_view type) {
  const bool typed = !type.empty();
  if (size <= 7) {
    big_endian(size + (typed ? 0x70 : 0x78), 1);
    if (typed) write_type(type);
    return;
  }
  bytes_ += typed ? 'V' : 'X';
  if (typed) write_type(type);
  integer(static_cast<std::int32_t>(size));
}

}  // namespace podreg::rpc::hessian2
