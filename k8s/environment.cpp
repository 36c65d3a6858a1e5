#include "k8s/environment.h"

#include <cstdlib>

namespace podreg::k8s {

Environment Environment::of_process() {
  return Environment([](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) return std::nullopt;
    return value;
  });
}

}  // namespace podreg::k8s
