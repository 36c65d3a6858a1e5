// What tests of Transport ask for, and how it went.
#pragma once

#include <string>

#include "core/error.h"
#include "k8s/response.h"
#include "k8s/transport.h"
#include "tests/support/fake_clock.h"
#include "tests/support/raw_server.h"

namespace podreg::k8s {

inline Connection connection_to(const tests::RawServer& server) {
  Connection connection;
  connection.server = server.url();
  connection.ns = "default";
  connection.user = "tester";
  connection.origin = "the test";
  return connection;
}

inline std::string read_all(Response& response) {
  std::string body;
  for (auto piece = response.next(); !piece.empty(); piece = response.next()) body += piece;
  return body;
}

// The error of getting and reading "/" as a whole.
inline core::Error error_of(Transport& transport) {
  try {
    const auto response = transport.start({"/"});
    response->status();
    read_all(*response);
  } catch (const core::Error& error) {
    return error;
  }
  return {core::ErrorKind::usage, "no error"};
}

// Without a pause between attempts.
inline TransportOptions quick(tests::FakeClock& clock, Timeouts timeouts = {}) {
  TransportOptions options;
  options.timeouts = timeouts;
  options.clock = &clock;
  return options;
}

inline core::Error error_of(const tests::RawServer& server, Timeouts timeouts = {}) {
  tests::FakeClock clock;
  Transport transport(connection_to(server), quick(clock, timeouts));
  return error_of(transport);
}

}  // namespace podreg::k8s
