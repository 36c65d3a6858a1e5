#include "cli/command_examples.h"

#include <algorithm>

namespace podreg::cli {

CommandExamples command_examples(std::string_view text) {
  CommandExamples examples;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.starts_with("  ")) {
      examples.lines.emplace_back(line.substr(2));
    } else if (!line.empty()) {
      examples.prose += (examples.prose.empty() ? "" : " ") + std::string(line);
    }
  }
  return examples;
}

}  // namespace podreg::cli
