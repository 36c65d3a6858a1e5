// The server's side of HTTP/2 (RFC 9113) on one connection, frame by frame: just enough to answer
// requests in any order, in pieces, or badly. What clients send is not decoded; requests are told
// apart by their streams, which a client numbers 1, 3, 5, … in the order of its requests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/raw_server.h"

namespace podreg::tests {

class Http2Peer {
 public:
  // Reads the client's preface and sends our settings.
  explicit Http2Peer(Peer& peer) : peer_(peer) {
    peer_.read_exactly(24);
    frame(kSettings, 0, 0, "");
  }

  // Reads frames until a request for this stream is complete; false when the client has gone.
  bool wait_for_request(std::uint32_t stream) {
    while (true) {
      const std::string head = peer_.read_exactly(9);
      if (head.size() < 9) return false;
      const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(head[i]); };
      const std::size_t size = std::size_t{byte(0)} << 16 | std::size_t{byte(1)} << 8 | byte(2);
      received_ += head + (size > 0 ? peer_.read_exactly(size) : std::string());
      if (byte(3) == kSettings && (byte(4) & 1) == 0) frame(kSettings, 1, 0, "");
      const std::uint32_t id = std::uint32_t{byte(5)} << 24 | std::uint32_t{byte(6)} << 16 |
                               std::uint32_t{byte(7)} << 8 | byte(8);
      if (byte(3) == kHeaders && id == stream) return true;
    }
  }

  // ":status" and a content type.
  void headers(std::uint32_t stream, std::string_view content_type, int status = 200) {
    std::string block = "\x08";  // the name of entry 8 of the static table of RFC 7541, a literal
    block += text(std::to_string(status));
    block += '\0';  // a literal that is not put into a table
    block += text("content-type") + text(content_type);
    frame(kHeaders, kEndHeaders, stream, block);
  }

  // All frames that were read, for http2_frames().
  const std::string& received() const { return received_; }

  // Headers behind the body, each as name and value.
  void trailers(std::uint32_t stream,
                const std::vector<std::pair<std::string, std::string>>& fields) {
    std::string block;
    for (const auto& [name, value] : fields) block += '\0' + text(name) + text(value);
    frame(kHeaders, kEndHeaders | kEndStream, stream, block);
  }

  // The body of the request of this stream, up to its end; to be called after wait_for_request().
  std::string read_body(std::uint32_t stream) {
    std::string body;
    while (true) {
      const std::string head = peer_.read_exactly(9);
      if (head.size() < 9) return body;
      const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(head[i]); };
      const std::size_t size = std::size_t{byte(0)} << 16 | std::size_t{byte(1)} << 8 | byte(2);
      const std::string payload = size > 0 ? peer_.read_exactly(size) : std::string();
      received_ += head + payload;
      if (byte(3) == kSettings && (byte(4) & 1) == 0) frame(kSettings, 1, 0, "");
      if (byte(3) != kData || byte(8) != stream) continue;
      body += payload;
      if ((byte(4) & kEndStream) != 0) return body;
    }
  }

  void data(std::uint32_t stream, std::string_view bytes, bool end) {
    constexpr std::size_t kLargestFrame = 16'384;
    while (bytes.size() > kLargestFrame) {
      if (!frame(kData, 0, stream, bytes.substr(0, kLargestFrame))) return;
      bytes.remove_prefix(kLargestFrame);
    }
    frame(kData, end ? kEndStream : 0, stream, bytes);
  }

  // RFC 9113, section 7: 0 is NO_ERROR, 2 INTERNAL_ERROR.
  void reset_stream(std::uint32_t stream, std::uint32_t code) { frame(3, 0, stream, number(code)); }

  // No stream after the last one is served.
  void go_away(std::uint32_t last_stream) {
    frame(7, 0, 0, number(last_stream) + std::string("\0\0\0\0", 4));
  }

 private:
  static constexpr std::uint8_t kData = 0;
  static constexpr std::uint8_t kHeaders = 1;
  static constexpr std::uint8_t kSettings = 4;
  static constexpr std::uint8_t kEndStream = 1;
  static constexpr std::uint8_t kEndHeaders = 4;

  static std::string number(std::uint32_t value) {
    std::string bytes;
    for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>(value >> shift);
    return bytes;
  }

  // RFC 7541, 5.1: a length that does not fit in seven bits goes on in the next bytes.
  static std::string text(std::string_view value) {
    constexpr std::size_t kPrefix = 127;
    if (value.size() < kPrefix) return static_cast<char>(value.size()) + std::string(value);
    std::string bytes(1, static_cast<char>(kPrefix));
    std::size_t rest = value.size() - kPrefix;
    for (; rest >= 128; rest >>= 7) bytes += static_cast<char>(rest % 128 + 128);
    return bytes + static_cast<char>(rest) + std::string(value);
  }

  bool frame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream,
             std::string_view payload) {
    std::string bytes = number(static_cast<std::uint32_t>(payload.size())).substr(1);
    bytes += static_cast<char>(type);
    bytes += static_cast<char>(flags);
    bytes += number(stream);
    bytes += payload;
    return peer_.write(bytes);
  }

  Peer& peer_;
  std::string received_;
};

}  // namespace podreg::tests
