#include "core/pod_failure.h"

#include <fmt/format.h>

namespace podreg::core {

std::string message(const PodFailure& failure) {
  std::string text = failure.error.what();
  if (text.find(failure.pod) != std::string::npos) return text;
  return fmt::format("pod \"{}\": {}", failure.pod, text);
}

}  // namespace podreg::core
