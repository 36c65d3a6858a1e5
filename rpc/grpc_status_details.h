// The stack of what was thrown, which Dubbo sends with a gRPC status.
//
// Format: the trailer grpc-status-details-bin, in base64, with or without padding:
// google.rpc.Status {1 code, 2 message, 3 details}, of which each detail is a google.protobuf.Any
// {1 type_url, 2 value}, here with google.rpc.DebugInfo {1 stack_entries, 2 detail}.
#pragma once

#include <string>

namespace podreg::rpc {

// As Java prints it. Empty when there is none, or the trailer cannot be read: the status and its
// message say what happened all the same.
std::string stack_in_details(const std::string& trailer);

}  // namespace podreg::rpc
