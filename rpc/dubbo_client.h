// Calls over the dubbo protocol on one connection.
#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include "core/dialer.h"
#include "rpc/dubbo_frame.h"
#include "rpc/dubbo_message.h"

namespace podreg::rpc {

// Several requests may be under way at once: answers are told apart by their id, whichever comes
// first. Heartbeats of the other side are answered while something is awaited. Not thread safe.
class DubboClient {
 public:
  explicit DubboClient(std::unique_ptr<core::Stream> stream,
                       std::size_t largest_body = DubboFrameReader::kLargestBody);

  // Sends a request and returns its id. Throws Error(unreachable) when it cannot be sent in time;
  // that the connection has ended is for await() to say.
  std::uint64_t send(const DubboRequest& request, core::Deadline deadline);

  // The same for the body of a request, as encode() makes it.
  std::uint64_t send(std::string body, core::Deadline deadline);

  // Waits for the answer to a request; each can be awaited once. Throws Error: unreachable when the
  // connection ends or nothing comes in time, invalid_data when what comes is no dubbo.
  DubboFrame await(std::uint64_t id, core::Deadline deadline);

  // The same for the request with this body. One that may be decoded the next time
  // (rpc/dubbo_message.h) is sent once more, once on a connection.
  DubboFrame await(std::uint64_t id, const std::string& body, core::Deadline deadline);

  // Asks whether the other side lives, and returns the id of the question. Throws as send does.
  std::uint64_t send_heartbeat(core::Deadline deadline);

  // The same, and waits for its answer. Throws as await does.
  void ping(core::Deadline deadline);

 private:
  void send_frame(const DubboFrame& frame, core::Deadline deadline);
  void take(DubboFrame frame, core::Deadline deadline);
  [[noreturn]] void throw_ended() const;

  std::unique_ptr<core::Stream> stream_;
  DubboFrameReader reader_;
  std::uint64_t next_id_ = 1;
  std::map<std::uint64_t, DubboFrame> arrived_;
  bool heard_ = false;       // anything at all
  bool sent_again_ = false;  // a request that could not be decoded
};

}  // namespace podreg::rpc
