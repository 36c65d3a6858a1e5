// A java.math.BigInteger as hessian-lite writes it: its field signum, and mag, the 32-bit words of
// its magnitude, the most significant first.
#pragma once

#include <optional>
#include <string>

#include "rpc/hessian2.h"

namespace podreg::rpc::hessian2 {

// In decimal; nothing when the fields are not those, or the number has more than 64 KiB.
std::optional<std::string> big_integer_text(const Value& value);

}  // namespace podreg::rpc::hessian2
