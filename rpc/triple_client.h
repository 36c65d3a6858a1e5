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
#include "core/error.h"

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

  // What grpc-message says, decoded; empty when it is absent.
  std::string status_message() const;
};

inline constexpr const char* kGrpcContentType = "application/grpc+proto";
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

// A message with the five bytes before it.
std::string grpc_message(std::string_view message);

// "UNKNOWN (2)"; of what gRPC has no name for, "grpc-status 99".
std::string grpc_status_name(const std::string& number);

// What kind of error it is to get that status of gRPC or HTTP: unreachable when the time was over
// or nobody is there to serve (DEADLINE_EXCEEDED, UNAVAILABLE; 502 to 504), and when the provider
// wants to know who asks (PERMISSION_DENIED, UNAUTHENTICATED); else invalid_data. The kind
// not_allowed is the API server's.
core::ErrorKind kind_of_grpc_status(const std::string& number);
core::ErrorKind kind_of_http_status(int status);

// The message of a successful gRPC answer. Throws Error, of the status' kind: another status than
// 0, with its name and the provider's message; and Error(invalid_data): no gRPC; a compressed
// message; none, or more than one.
std::string_view grpc_answer(const TripleResponse& response);

}  // namespace podreg::rpc
