// A call over the triple protocol and its answer: a request of HTTP/2 with gRPC in it, or with the
// JSON that Dubbo 3.3 also takes.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace podreg::rpc {

inline constexpr const char* kGrpcContentType = "application/grpc+proto";

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

  // Whether it says of itself that it is gRPC.
  bool is_grpc() const;
};

}  // namespace podreg::rpc
