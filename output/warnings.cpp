#include "output/warnings.h"

#include <string>

#include "output/color.h"
#include "output/terminal_text.h"

namespace podreg::output {

void print_warnings(const std::vector<core::Warning>& warnings, bool color, core::TextSink& err) {
  for (const std::string& message : core::grouped_messages(warnings)) {
    err.write(painted("warning:", Paint::yellow, color) + " " + terminal_text(message) + "\n");
  }
}

}  // namespace podreg::output
