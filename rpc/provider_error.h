// What a provider says in place of an answer.
#pragma once

#include <string>

#include "core/error.h"

namespace podreg::rpc {

// `the provider answered "OUTCOME": MESSAGE`, of kind invalid_data. Of a message of several lines,
// which is a Java stack trace, the first says what happened, at most 500 bytes of it; it may be
// empty.
core::Error provider_error(const std::string& outcome, const std::string& message);

}  // namespace podreg::rpc
