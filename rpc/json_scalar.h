// Numbers and strings of JSON as values of Java, in hessian2.
#pragma once

#include <string>
#include <string_view>

#include "rpc/hessian2_writer.h"

namespace podreg::rpc {

// `text` is a number as JSON has it, or what stands in a string; `type` is the Java type that is
// wanted, empty for any; `what` names the argument. Throw Error(usage) when it cannot be of that
// type.
void write_number(hessian2::Writer& writer, std::string_view text, std::string_view type,
                  const std::string& what);
void write_string(hessian2::Writer& writer, std::string_view text, std::string_view type,
                  const std::string& what);

}  // namespace podreg::rpc
