// The HTTP/2 of calls over the triple protocol: without TLS, by prior knowledge.
#pragma once

#include <cstddef>
#include <memory>

#include "core/dialer.h"
#include "rpc/triple_message.h"

namespace podreg::rpc {

inline constexpr std::size_t kLargestTripleBody = std::size_t{16} << 20;

// Requests on one connection, one after the other. Not thread safe.
class TripleClient {
 public:
  explicit TripleClient(std::unique_ptr<core::Stream> stream,
                        std::size_t largest_body = kLargestTripleBody);
  ~TripleClient();

  // Sends a request and waits for the whole answer. Throws Error: unreachable when the stream ends
  // or nothing comes in time, invalid_data when the other side speaks no HTTP/2 or sends more than
  // `largest_body` bytes. Then the connection is of no more use.
  TripleResponse exchange(const TripleRequest& request, core::Deadline deadline);

  // The two halves of it. After a deadline that came first await() may be called again.
  void send(const TripleRequest& request, core::Deadline deadline);
  TripleResponse await(core::Deadline deadline);

 private:
  class Session;
  std::unique_ptr<Session> session_;
};

}  // namespace podreg::rpc
