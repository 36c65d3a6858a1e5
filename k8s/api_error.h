// What an API server says when it does not do what it was asked, as one sentence.
#pragma once

#include <string>

#include "core/error.h"
#include "k8s/api_call.h"
#include "k8s/connection.h"
#include "k8s/failed_answer.h"
#include "k8s/server_address.h"

namespace podreg::k8s {

// Kinds: not_allowed for 401 and 403, conflict for 409, unreachable for 429 and 5xx and a list that
// expired (410), invalid_data for everything else. Text from the server is cut to 500 bytes.
core::Error api_error(const ApiCall& call, const Connection& connection,
                      const ServerAddress& server, const FailedAnswer& answer);

// The answer is 200 but of a type that was not asked for: a login page, say.
core::Error unexpected_type(const ServerAddress& server, const std::string& content_type);

}  // namespace podreg::k8s
