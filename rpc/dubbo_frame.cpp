#include "rpc/dubbo_frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/error.h"
#include "rpc/other_protocol.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;

namespace {

constexpr std::string_view kMagic = "\xda\xbb";
constexpr std::size_t kHead = 16;
constexpr int kRequest = 0x80;
constexpr int kTwoWay = 0x40;
constexpr int kEvent = 0x20;
constexpr int kSerialization = 0x1f;

void append(std::string& into, std::uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) into += static_cast<char>(value >> (8 * i) & 0xff);
}

std::uint64_t number(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

}  // namespace

std::string encode(const DubboFrame& frame) {
  if (frame.body.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorKind::invalid_data, "a dubbo frame holds at most 4 GiB");
  }
  std::string bytes(kMagic);
  const int flags = (frame.request ? kRequest : 0) | (frame.two_way ? kTwoWay : 0) |
                    (frame.event ? kEvent : 0) | frame.serialization;
  append(bytes, static_cast<std::uint64_t>(flags), 1);
  append(bytes, frame.request ? 0 : static_cast<std::uint64_t>(frame.status), 1);
  append(bytes, frame.id, 8);
  append(bytes, frame.body.size(), 4);
  return bytes + frame.body;
}

std::optional<DubboFrame> DubboFrameReader::next() {
  const std::string_view magic = std::string_view(arrived_).substr(0, kMagic.size());
  if (!kMagic.starts_with(magic)) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("what arrived is no dubbo frame{}", other_protocol(arrived_)));
  }
  if (arrived_.size() < kHead) return std::nullopt;
  const std::string_view head(arrived_);
  const std::uint64_t size = number(head.substr(12, 4));
  if (size > largest_) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("a dubbo frame of {} bytes; the limit is {}", size, largest_));
  }
  if (arrived_.size() < kHead + size) return std::nullopt;
  DubboFrame frame;
  const int flags = static_cast<unsigned char>(head[2]);
  frame.request = (flags & kRequest) != 0;
  frame.two_way = (flags & kTwoWay) != 0;
  frame.event = (flags & kEvent) != 0;
  frame.serialization = flags & kSerialization;
  frame.status = static_cast<unsigned char>(head[3]);
  frame.id = number(head.substr(4, 8));
  frame.body = head.substr(kHead, size);
  arrived_.erase(0, kHead + size);
  return frame;
}

core::ErrorKind kind_of_status(int status) {
  const bool passes_by = status == 30 || status == 31 || status == 100;
  return passes_by ? ErrorKind::unreachable : ErrorKind::invalid_data;
}

std::string describe_status(int status) {
  struct Meaning {
    int status;
    const char* words;
  };
  // org.apache.dubbo.remoting.exchange.Response
  static constexpr Meaning kMeanings[] = {
      {20, "ok"},
      {25, "serialization error"},
      {30, "timeout at the consumer"},
      {31, "timeout at the provider"},
      {35, "channel inactive"},
      {40, "bad request"},
      {50, "bad response"},
      {60, "service not found"},
      {70, "service error"},
      {80, "server error"},
      {90, "client error"},
      {100, "the provider's thread pool is exhausted"},
  };
  const auto* const found = std::ranges::find(kMeanings, status, &Meaning::status);
  return fmt::format("{} ({})", found == std::end(kMeanings) ? "unknown status" : found->words,
                     status);
}

}  // namespace podreg::rpc
