// Calls over the triple protocol: gRPC on HTTP/2 without TLS, by prior knowledge, and the JSON that
// Dubbo 3.3 also takes.
//
// Format: gRPC over HTTP/2 (PROTOCOL-HTTP2.md): each message is a byte that says whether it is
// compressed, its length in 4 bytes, big endian, and the message; the outcome stands in the
// trailers grpc-status and grpc-message (percent-encoded).
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/dialer.h"

namespace podreg::rpc {

struct TripleRequest {
  std::string authority;  // host:port of the provider
  std::string path;       // "/com.example.OrderService/echo"
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers;  // such as tri-service-group
  std::string body;
};

struct TripleResponse {
  int status = 0;                              // of HTTP
  std::map<std::string, std::string> headers;  // and trailers; names in lower case
  std::string body;

  // The header's value; empty when it is absent.
  std::string header(const std::string& name) const;
};

inline constexpr const char* kGrpcContentType = "application/grpc+proto";
inline constexpr std::size_t kLargestTripleBody = std::size_t{64} << 20;

// Requests on one connection, one after the other. Not thread safe.
class TripleClient {
 public:
  // The stream must outlive it.
  explicit TripleClient(core::Stream& stream, std::size_t largest_body = kLargestTripleBody);
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

// The same for a connection of a single request. May be called from several threads, each with its
// stream.
TripleResponse exchange(core::Stream& stream, const TripleRequest& request, core::Deadline deadline,
                        std::size_t largest_body = kLargestTripleBody);

// A message with the five bytes before it.
std::string grpc_message(std::string_view message);

// "UNKNOWN (2)"; of what gRPC has no name for, "grpc-status 99".
std::string grpc_status_name(const std::string& number);

// The message of a successful gRPC answer. Throws Error(invalid_data): another status than 0, with
// its name and the provider's message; no gRPC; a compressed message; none, or more than one.
std::string_view grpc_answer(const TripleResponse& response);

}  // namespace podreg::rpc
