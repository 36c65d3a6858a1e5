#include "output/emitter.h"

namespace podreg::output {

void Emitter::field(std::string_view name, std::string_view text) {
  key(name);
  string(text);
}

void Emitter::field(std::string_view name, std::int64_t value) {
  key(name);
  integer(value);
}

void Emitter::field(std::string_view name, const std::vector<std::string>& texts) {
  key(name);
  begin_array();
  for (const std::string& text : texts) string(text);
  end_array();
}

}  // namespace podreg::output
