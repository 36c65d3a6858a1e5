// What a snapshot keeps of an object, for `podreg snapshot --explain`.
#pragma once

#include <string_view>

namespace podreg::core {

// A field that is kept, in an object of that kind. What is not listed is left out.
struct KeptField {
  std::string_view kind;
  std::string_view field;     // "spec.containers[].name"
  std::string_view why;       // what is asked of it
  std::string_view redacted;  // what --redact makes of it; empty: it stays as it is
};

}  // namespace podreg::core
