// One direction of an HTTP/2 connection that was recorded, taken apart: for bytes of which a test
// wants to know what they say, and for answers that are given again under another stream number.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace podreg::tests {

struct Http2Frame {
  static constexpr std::uint8_t kData = 0;
  static constexpr std::uint8_t kHeaders = 1;

  std::uint8_t type = 0;
  std::uint8_t flags = 0;
  std::uint32_t stream = 0;
  std::string payload;

  std::string bytes() const {
    std::string all;
    for (const unsigned shift : {16U, 8U, 0U}) all += static_cast<char>(payload.size() >> shift);
    all += static_cast<char>(type);
    all += static_cast<char>(flags);
    for (const unsigned shift : {24U, 16U, 8U, 0U}) all += static_cast<char>(stream >> shift);
    return all + payload;
  }
};

// Of what a client sent, without its preface.
inline std::vector<Http2Frame> http2_frames(std::string_view bytes) {
  constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  if (bytes.starts_with(kPreface)) bytes.remove_prefix(kPreface.size());
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  std::vector<Http2Frame> frames;
  while (bytes.size() >= 9) {
    const std::size_t size = std::size_t{byte(0)} << 16 | std::size_t{byte(1)} << 8 | byte(2);
    const std::uint32_t stream = std::uint32_t{byte(5)} << 24 | std::uint32_t{byte(6)} << 16 |
                                 std::uint32_t{byte(7)} << 8 | byte(8);
    frames.push_back({byte(3), byte(4), stream, std::string(bytes.substr(9, size))});
    bytes.remove_prefix(9 + size);
  }
  return frames;
}

using Http2Fields = std::vector<std::pair<std::string, std::string>>;

// The header fields of each HEADERS frame, in their order; none of them has padding, a priority or
// a continuation.
inline std::vector<Http2Fields> http2_headers(const std::vector<Http2Frame>& frames) {
  nghttp2_hd_inflater* inflater = nullptr;
  if (nghttp2_hd_inflate_new(&inflater) != 0) throw std::bad_alloc();
  const std::unique_ptr<nghttp2_hd_inflater, decltype(&nghttp2_hd_inflate_del)> owned(
      inflater, nghttp2_hd_inflate_del);
  const auto text = [](const std::uint8_t* data, std::size_t size) {
    return std::string(reinterpret_cast<const char*>(data), size);
  };
  std::vector<Http2Fields> all;
  for (const auto& frame : frames) {
    if (frame.type != Http2Frame::kHeaders) continue;
    auto& fields = all.emplace_back();
    const auto* at = reinterpret_cast<const std::uint8_t*>(frame.payload.data());
    std::size_t left = frame.payload.size();
    for (int flags = 0; (flags & NGHTTP2_HD_INFLATE_FINAL) == 0;) {
      nghttp2_nv field;
      const auto taken = nghttp2_hd_inflate_hd2(inflater, &field, &flags, at, left, 1);
      if (taken < 0) throw std::runtime_error("not HPACK");
      at += taken;
      left -= static_cast<std::size_t>(taken);
      if ((flags & NGHTTP2_HD_INFLATE_EMIT) != 0) {
        fields.emplace_back(text(field.name, field.namelen), text(field.value, field.valuelen));
      }
    }
    nghttp2_hd_inflate_end_headers(inflater);
  }
  return all;
}

}  // namespace podreg::tests
