// Values as client-go's JSONPath compares and prints them.
#pragma once

#include <rapidjson/document.h>

#include <string>

namespace podreg::output {

// `op` is one of == != < <= > >=. Throws Error(usage) when the values are of different kinds (a
// whole number and one with a fraction are), or of one that has no order.
bool compare(const rapidjson::Value& left, const std::string& op, const rapidjson::Value& right);

}  // namespace podreg::output
