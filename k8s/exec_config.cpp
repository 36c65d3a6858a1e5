#include "k8s/exec_config.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

namespace {

constexpr const char* kGroup = "client.authentication.k8s.io";

Error bad(const std::string& owner, const std::string& why, const std::string& hint = {}) {
  return {ErrorKind::invalid_data, fmt::format("exec of {} {}", owner, why), hint};
}

void check_version(const ExecConfig& exec, const std::string& owner) {
  const auto& version = exec.api_version;
  if (version == fmt::format("{}/v1", kGroup) || version == fmt::format("{}/v1beta1", kGroup)) {
    return;
  }
  const auto hint = fmt::format("it is {0}/v1 or {0}/v1beta1, whichever the plugin speaks", kGroup);
  if (version.empty()) throw bad(owner, "has no apiVersion", hint);
  if (version == fmt::format("{}/v1alpha1", kGroup)) {
    throw bad(owner, fmt::format("has apiVersion {}, which is gone since Kubernetes 1.24", version),
              "update the plugin and let it write the kubeconfig again");
  }
  throw bad(owner, fmt::format("has apiVersion \"{}\", which is none", version), hint);
}

void check_mode(const ExecConfig& exec, const std::string& owner) {
  const auto& mode = exec.interactive_mode;
  if (mode == "Never" || mode == "IfAvailable" || mode == "Always") return;
  const bool may_be_absent = exec.api_version.ends_with("/v1beta1");
  if (mode.empty() && may_be_absent) return;
  throw bad(owner,
            mode.empty() ? "has no interactiveMode"
                         : fmt::format("has interactiveMode \"{}\", which is none", mode),
            "it is Never, IfAvailable or Always");
}

bool has_byte_0(const std::string& text) { return text.find('\0') != std::string::npos; }

void check_texts(const ExecConfig& exec, const std::string& owner) {
  if (has_byte_0(exec.command) || std::ranges::any_of(exec.args, has_byte_0)) {
    throw bad(owner, "has a byte 0 in its command or args");
  }
  for (const auto& [name, value] : exec.env) {
    if (name.empty()) throw bad(owner, "has a variable in env without a name");
    if (has_byte_0(name) || has_byte_0(value) || name.find('=') != std::string::npos) {
      throw bad(owner, "has a variable in env with a byte 0, or with '=' in its name");
    }
  }
}

}  // namespace

void check_exec(const ExecConfig& exec, const std::string& owner) {
  if (exec.command.empty()) throw bad(owner, "has no command");
  check_version(exec, owner);
  check_mode(exec, owner);
  check_texts(exec, owner);
}

}  // namespace podreg::k8s
