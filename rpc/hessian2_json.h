// Values of Hessian 2.0 as JSON.
#pragma once

#include <cstddef>
#include <string>

#include "rpc/hessian2.h"

namespace podreg::rpc::hessian2 {

struct JsonOptions {
  bool types = false;                           // with the member "class" of beans
  std::size_t largest = std::size_t{32} << 20;  // bytes of JSON
};

// The value, compact. Longs keep all digits, and so do java.math.BigDecimal and BigInteger; a date
// is a string as RFC 3339 has it, in UTC; bytes are base64; NaN and infinities are strings. A map
// is an object whose keys are texts; one with lists, maps or objects for keys is a list of
// {"key":…,"value":…}. Where a value holds itself stands {"$ref":"$.path"}, as fastjson writes it.
//
// The answer of a generic call has beans as maps with their class under "class", so this member is
// left out of every map unless `types`. Throws Error(invalid_data) beyond `largest`, or a mebibyte
// and 32 times what was read, because a value that holds another many times over, and that one a
// third, needs few bytes; and for what is nested deeper than 1,000 levels.
std::string to_json(const Value& value, const JsonOptions& options);

// A double with the fewest digits that read to the same, and always with a '.' or an exponent.
std::string real_text(double value);

}  // namespace podreg::rpc::hessian2
