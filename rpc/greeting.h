// What somebody speaks who did not answer as expected: first words in several protocols, each on a
// connection of its own, and who answers to which.
#pragma once

#include <chrono>
#include <string_view>

#include "core/dialer.h"

namespace podreg::rpc {

// "dubbo", "HTTP/2", "TLS" or "HTTP/1"; empty when no answer tells. Waits at most `patience` for
// each. Throws nothing but what is no Error.
std::string_view identify(core::Dialer& dialer, const core::PodPort& target,
                          std::chrono::milliseconds patience);

}  // namespace podreg::rpc
