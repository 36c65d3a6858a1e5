// Values as client-go's JSONPath compares and prints them.
#pragma once

#include <string>

#include "core/json.h"

namespace podreg::output {

// `op` is one of == != < <= > >=. Throws Error(usage) when the values are of different kinds (a
// whole number and one with a fraction are), or of one that has no order.
bool compare(const core::JsonValue& left, const std::string& op, const core::JsonValue& right);

}  // namespace podreg::output
