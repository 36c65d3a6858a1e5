// JSON as the argument of a Java method, in hessian2.
//
// A generic call leaves it to the provider to make of each value what the parameter is
// (Dubbo 3.2.6, PojoUtils and CompatibleTypeUtils): a number becomes any kind of number, a list an
// array or a collection, an object a bean or a map, a string an enum, a character or a number.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rpc/hessian2_writer.h"

namespace podreg::rpc {

struct JsonArgument {
  std::string json;
  std::string type;  // of the parameter, as Java names it; empty: the provider knows
};

// Numbers keep their value: one that neither 64 bits nor a double hold exactly is sent as a string,
// which the provider converts as well. A type decides where JSON has no kind of its own: a
// java.util.Date is a timestamp (RFC 3339) or milliseconds, a byte[] base64, a float or double also
// a whole number. `what` names the argument in errors. Throws Error(usage): it is no JSON, or
// nested deeper than 500 levels, or not what its type wants.
void write_argument(hessian2::Writer& writer, const JsonArgument& argument,
                    const std::string& what);

// The items of a JSON list as texts, or the whole of anything else. Throws Error(usage) that begins
// with `what` when it is no JSON.
std::vector<std::string> items_of_json(std::string_view json, const std::string& what);

}  // namespace podreg::rpc
