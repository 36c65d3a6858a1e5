// An environment that holds what a test says.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "k8s/environment.h"

namespace podreg::tests {

inline k8s::Environment environment_of(std::map<std::string, std::string> variables) {
  return k8s::Environment(
      [variables = std::move(variables)](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        if (found == variables.end()) return std::nullopt;
        return found->second;
      });
}

}  // namespace podreg::tests
