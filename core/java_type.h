// Names of Java types, as a generic call of Dubbo names the parameters of a method.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace podreg::core {

// "int,java.lang.String" and the like, each trimmed; of java.lang, java.util and java.math the best
// known need no package ("String", "List", "BigDecimal"). What stands between '<' and '>' is left
// out, as Java does at run time. Throws Error(usage) that names `flag` for an empty name.
std::vector<std::string> parse_java_types(std::string_view list, std::string_view flag);

}  // namespace podreg::core
