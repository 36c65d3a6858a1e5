// How podreg reaches the port of a pod: the role that a direct TCP connection, a port-forward
// through the API server and the tests' fake all play.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "core/error.h"

namespace podreg::core {

using Deadline = std::chrono::steady_clock::time_point;

struct PodPort {
  std::string ns;
  std::string pod;
  std::string host;  // the pod's address
  int port = 0;
};

// A connected stream of bytes; ends with this object.
class Stream {
 public:
  virtual ~Stream() = default;

  // A connected, non-blocking stream socket, which stays this object's own.
  virtual int descriptor() const = 0;

  // Why the stream ended, as far as somebody between here and the pod has said so ("connection
  // refused"); empty otherwise. To be called after the end of the stream.
  virtual std::string reason() const = 0;
};

// That the pod itself refuses connections to the port, as opposed to a way there that is none.
class PortRefused : public Error {
 public:
  explicit PortRefused(const std::string& message) : Error(ErrorKind::unreachable, message) {}
};

// May be used from several threads at the same time.
class Dialer {
 public:
  virtual ~Dialer() = default;

  // Throws Error: unreachable when the port cannot be reached before the deadline (PortRefused when
  // it is known that the pod says so), and what the API server says when it is in between
  // (not_allowed, not_found).
  virtual std::unique_ptr<Stream> dial(const PodPort& target, Deadline deadline) = 0;
};

}  // namespace podreg::core
