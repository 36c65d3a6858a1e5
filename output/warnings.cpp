#include "output/warnings.h"

#include <string>

#include "output/color.h"
#include "output/terminal_text.h"

namespace podreg::output {

void print_warnings(const std::vector<std::string>& sentences, bool color, core::TextSink& err) {
  for (const std::string& sentence : sentences) {
    err.write(painted("warning:", Paint::yellow, color) + " " + terminal_text(sentence) + "\n");
  }
  err.flush();
}

void print_warnings(const std::vector<core::Warning>& warnings, bool color, core::TextSink& err) {
  print_warnings(core::grouped_messages(warnings), color, err);
}

}  // namespace podreg::output
