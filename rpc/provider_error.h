// What a provider says or does in place of an answer.
#pragma once

#include <string>

#include "core/error.h"

namespace podreg::rpc {

// `the provider answered "OUTCOME": MESSAGE`, of the kind that the outcome has in its protocol
// (kind_of_status, kind_of_grpc_status). Of a message of several lines, which is a Java stack
// trace, the first says what happened, at most 500 bytes of it; it may be empty.
core::Error provider_error(const std::string& outcome, const std::string& message,
                           core::ErrorKind kind = core::ErrorKind::invalid_data);

// What had arrived when a connection was closed.
enum class Heard { nothing, something, part_of_the_answer };

// That the connection was closed, of kind unreachable; `reason` is core::Stream's. Of somebody who
// said nothing it says that the port may be of another protocol: a server with TLS closes like that
// when it is spoken to without.
core::Error connection_closed(Heard heard, const std::string& reason);

}  // namespace podreg::rpc
