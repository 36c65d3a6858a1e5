// A JSON object that was written before, written once more with a field in front.
#pragma once

#include <string_view>

#include "output/emitter.h"

namespace podreg::output {

// Writes the object, whose JSON must be well formed, value by value, so that it looks as if it had
// never been text; numbers keep their digits. Throws what the emitter throws.
void write_with_field(std::string_view object, std::string_view name, std::string_view value,
                      Emitter& emitter);

}  // namespace podreg::output
