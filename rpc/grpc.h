// What gRPC puts around messages, and how it says what became of a call.
//
// Format: gRPC over HTTP/2 (PROTOCOL-HTTP2.md): each message is a byte that says whether it is
// compressed, its length in 4 bytes, big endian, and the message; the outcome stands in the
// trailers grpc-status and grpc-message (percent-encoded).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/error.h"
#include "rpc/triple_message.h"

namespace podreg::rpc {

// A message with the five bytes before it.
std::string grpc_message(std::string_view message);

// The size that the five bytes announce for the message behind them; 0 until they are there.
std::size_t announced_grpc_size(std::string_view body);

// The message of a successful gRPC answer. Throws Error, of the status' kind: another status than
// 0, with its name and the provider's message; and Error(invalid_data): no gRPC; a compressed
// message; none, or more than one.
std::string_view grpc_answer(const TripleResponse& response);

// "UNKNOWN (2)"; of what gRPC has no name for, "grpc-status 99".
std::string grpc_status_name(const std::string& number);

// What grpc-message says, decoded; empty when it is absent.
std::string grpc_status_message(const TripleResponse& response);

// What kind of error it is to get that status of gRPC or HTTP: unreachable when the time was over
// or nobody is there to serve (DEADLINE_EXCEEDED, UNAVAILABLE; 502 to 504), and when the provider
// wants to know who asks (PERMISSION_DENIED, UNAUTHENTICATED); else invalid_data. The kind
// not_allowed is the API server's.
core::ErrorKind kind_of_grpc_status(const std::string& number);
core::ErrorKind kind_of_http_status(int status);

}  // namespace podreg::rpc
