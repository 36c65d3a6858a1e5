// Frames of the dubbo protocol.
//
// Format: Dubbo 3.2.6, org.apache.dubbo.remoting.exchange.codec.ExchangeCodec. 16 bytes, then the
// body; numbers are big endian:
//
//     0   da bb
//     2   80 request, 40 two-way, 20 event; the low 5 bits are the serialization of the body
//     3   status, of answers only
//     4   id of the request, which its answer repeats (8 bytes)
//     12  length of the body (4 bytes)
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"

namespace podreg::rpc {

inline constexpr int kHessian2 = 2;
inline constexpr int kFastjson2 = 23;  // JSONB

struct DubboFrame {
  bool request = false;
  bool two_way = false;  // a request that wants an answer
  bool event = false;    // a heartbeat, or "I shall close" (body "R")
  int serialization = kHessian2;
  int status = 0;
  std::uint64_t id = 0;
  std::string body;
};

// The bytes of the frame. Throws Error(invalid_data) when the body is larger than 4 GiB.
std::string encode(const DubboFrame& frame);

// Takes what arrives on a connection, in any pieces, and hands out the frames. Not thread safe.
class DubboFrameReader {
 public:
  // A frame whose body is larger than the limit (in bytes) is an error as soon as its head is
  // there.
  explicit DubboFrameReader(std::size_t largest_body = kLargestBody) : largest_(largest_body) {}

  void feed(std::string_view bytes) { arrived_ += bytes; }

  // The next frame; nothing while it is not whole. Throws Error(invalid_data): it is no dubbo, or
  // too large. Then the connection is of no more use.
  std::optional<DubboFrame> next();

  // Whether a frame has begun that is not whole.
  bool in_the_middle() const { return !arrived_.empty(); }

  // Twice what Dubbo takes itself ("payload", 8 MiB).
  static constexpr std::size_t kLargestBody = std::size_t{16} << 20;

 private:
  std::size_t largest_;
  std::string arrived_;
};

// What a status says, in words: "service not found (60)".
std::string describe_status(int status);

// What kind of error it is to get that status: unreachable after a timeout or from a provider
// without a free thread, else invalid_data.
core::ErrorKind kind_of_status(int status);

}  // namespace podreg::rpc
