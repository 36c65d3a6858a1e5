// The process's environment, passed in so that a test has its own.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace podreg::k8s {

class Environment {
 public:
  // The value of a variable, nothing when it is not set. Must not throw.
  using Lookup = std::function<std::optional<std::string>(const std::string& name)>;

  explicit Environment(Lookup lookup) : lookup_(std::move(lookup)) {}

  // What this process was started with. Reading it is safe from any thread as long as none calls
  // setenv.
  static Environment of_process();

  std::optional<std::string> variable(const std::string& name) const { return lookup_(name); }

  // Empty when the variable is not set.
  std::string text(const std::string& name) const { return lookup_(name).value_or(""); }

 private:
  Lookup lookup_;
};

}  // namespace podreg::k8s
