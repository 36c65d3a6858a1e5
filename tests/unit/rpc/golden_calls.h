// Calls like those that were recorded, made of a server that gives the recorded answers.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "rpc/invoker.h"
#include "rpc/tcp_dialer.h"
#include "tests/support/http2_dump.h"
#include "tests/support/http2_peer.h"
#include "tests/support/raw_server.h"

namespace podreg::rpc {

inline constexpr const char* kAuthority = "10.244.77.10:50051";

inline GenericCall call_of(const std::string& interface, const std::string& method,
                           std::vector<JsonArgument> arguments) {
  GenericCall call;
  call.interface = call.path = "com.example.shop." + interface;
  call.method = method;
  call.arguments = std::move(arguments);
  return call;
}

inline core::Deadline soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(10); }

inline CallAnswer call_there(const tests::RawServer& server, const std::string& protocol,
                             const GenericCall& call, InvokerOptions options) {
  options.authority = kAuthority;
  auto stream = TcpDialer().dial({"demo", "a", "127.0.0.1", server.port()}, soon());
  return make_invoker(protocol, std::move(stream), call, options)->call(soon());
}

// How it ended, whatever it is.
inline std::string outcome_of(const std::function<CallAnswer()>& call) {
  try {
    const auto answer = call();
    return answer.exception ? "exception: " + answer.exception->to_string() : answer.json;
  } catch (const core::Error& error) {
    return std::string("error: ") + error.what();
  }
}

// A server that gives a recorded answer to the first request of a connection.
class Answering {
 public:
  Answering(std::string type, int status, std::string body, tests::Http2Fields trailers = {})
      : server_([this, type, status, body, trailers](tests::Peer& peer) {
          tests::Http2Peer http2(peer);
          if (!http2.wait_for_request(1)) return;
          request_ = http2.read_body(1);
          frames_ = http2.received();
          http2.headers(1, type, status);
          http2.data(1, body, trailers.empty());
          if (!trailers.empty()) http2.trailers(1, trailers);
          peer.wait_for_end();
        }) {}

  const tests::RawServer& server() const { return server_; }
  const std::string& request() const { return request_; }
  tests::Http2Fields request_headers() const {
    auto fields = tests::http2_headers(tests::http2_frames(frames_)).at(0);
    std::erase_if(fields, [](const auto& field) { return field.first == "user-agent"; });
    return fields;
  }

 private:
  std::string request_;
  std::string frames_;
  tests::RawServer server_;
};

}  // namespace podreg::rpc
