// The credential plugin that a kubeconfig's user names: a program that prints who asks.
//
// Format: user.exec of a kubeconfig, client-go tools/clientcmd/api/v1/types.go (ExecConfig).
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace podreg::k8s {

struct ExecConfig {
  std::string api_version;  // "client.authentication.k8s.io/v1" or …/v1beta1
  std::string command;      // a path when it holds a '/', else looked for in PATH
  std::vector<std::string> args;
  std::vector<std::pair<std::string, std::string>> env;  // over the environment of podreg
  std::string install_hint;                              // what to do when the command is missing
  bool provide_cluster_info = false;
  std::string interactive_mode;  // Never, IfAvailable or Always; empty in v1beta1: IfAvailable
};

// Whether the program may be run as it is described. Throws Error(invalid_data), naming the field
// and `owner` (`user "ann" in FILE`): another apiVersion, v1alpha1 too, which client-go dropped
// with Kubernetes 1.24; no command; a variable without a name; an interactiveMode that there is not
// or, in v1, none; a byte 0, which neither an argument nor a variable can hold.
void check_exec(const ExecConfig& exec, const std::string& owner);

}  // namespace podreg::k8s
