// Which credentials go to the API server, and that they do not go where others can read them.
#pragma once

#include "k8s/connection.h"
#include "k8s/server_address.h"

namespace podreg::k8s {

// Those of this moment. Throws Error(invalid_data) when they cannot be had, do not fit a header,
// or, unless `allow_plaintext`, when a token or password would go over plain http to another
// machine.
Credentials credentials_to_send(const Connection& connection, const ServerAddress& server,
                                bool allow_plaintext);

}  // namespace podreg::k8s
