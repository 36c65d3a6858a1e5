// Asks a provider whether it exports a service, without touching it: $echo, which Dubbo answers for
// every service itself (EchoFilter).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/dialer.h"
#include "core/error.h"
#include "core/url_derivation.h"

namespace podreg::rpc {

// Somebody answered, and understood the connection, but does not speak the protocol.
class OtherProtocol : public core::Error {
 public:
  explicit OtherProtocol(const std::string& message)
      : Error(core::ErrorKind::invalid_data, message) {}
};

// One question on one connection.
class ServiceEcho {
 public:
  virtual ~ServiceEcho() = default;

  // Throw Error: unreachable when the connection ends or nothing comes in time; invalid_data for
  // what cannot be read; OtherProtocol; not_found when the service is not exported there.
  virtual void send(core::Deadline deadline) = 0;

  // What answered, such as "dubbo 2.0.2". After a deadline that came first it may be called again.
  virtual std::string await(core::Deadline deadline) = 0;
};

bool can_echo(const std::string& protocol);

// What URLs of this protocol speak on the wire: as identify() says it.
std::string_view spoken_over(const std::string& protocol);

// The protocol is one that can_echo(). The URL must outlive it.
std::unique_ptr<ServiceEcho> make_echo(std::unique_ptr<core::Stream> stream,
                                       const core::DerivedUrl& url);

}  // namespace podreg::rpc
