// How long an answer of the API server is waited for (Timeouts of k8s/transport.h).
#pragma once

#include <chrono>
#include <cstdint>

#include "k8s/server_address.h"
#include "k8s/transport.h"

namespace podreg::k8s {

// For one attempt of a request. Belongs to one thread; the options and the server must outlive it.
class Patience {
 public:
  using Clock = std::chrono::steady_clock;

  // `request_began` is when the first attempt did.
  Patience(const ServerAddress& server, const TransportOptions& options,
           Clock::time_point request_began)
      : server_(server), options_(options), request_began_(request_began) {}

  // How far the answer has come: its head, and bytes of its body.
  struct Progress {
    bool answered = false;
    std::uint64_t received = 0;
  };

  // How long to wait at most before somebody looks again.
  std::chrono::milliseconds next_wait() const;

  // To be told of each time that was waited. Throws Error(unreachable) when it has been too long.
  void count(Clock::duration waited, Progress progress);

  // Throws Error(unreachable) when the time for the whole of it is over, also when nobody waits.
  void check(bool answered) const;

 private:
  const ServerAddress& server_;
  const TransportOptions& options_;
  Clock::time_point request_began_;
  Clock::duration stalled_{0};  // waited since the last progress
  std::uint64_t seen_ = 0;
};

}  // namespace podreg::k8s
