// Credentials from a program that the kubeconfig names (exec): gke-gcloud-auth-plugin, kubelogin,
// aws eks get-token, …
//
// As client-go does it (plugin/pkg/client/auth/exec), apart from what is said here: standard error
// of a plugin that may not ask the user arrives line by line at ExecOptions::on_message, what it
// prints is limited to 1 MiB, and it may not run for ever.
#pragma once

#include <unistd.h>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "k8s/child_process.h"
#include "k8s/credentials.h"
#include "k8s/exec_config.h"
#include "k8s/exec_credential.h"

namespace podreg::k8s {

// How long a plugin may run when nobody says so. One that may ask the user may take its time.
inline constexpr std::chrono::seconds kExecTimeout{60};

inline constexpr std::size_t kExecOutputLimit = std::size_t{1} << 20;

// What the program that uses podreg's connection decides about plugins.
struct ExecOptions {
  // Nothing: kExecTimeout, or for ever when the plugin may ask the user. Zero: for ever.
  std::optional<std::chrono::milliseconds> timeout;

  // A line of a plugin's standard error, as it wrote it; `command` is the plugin's name.
  std::function<void(const std::string& command, std::string_view line)> on_message;

  // Called before a plugin runs; what it returns is dropped when the plugin has ended. One that may
  // ask the user has the terminal in between.
  std::function<std::shared_ptr<void>(const std::string& command, bool may_ask)> on_run;

  std::function<bool()> input_is_terminal = [] { return ::isatty(STDIN_FILENO) == 1; };
  std::function<std::chrono::system_clock::time_point()> now = std::chrono::system_clock::now;
};

// Runs the plugin when it is first asked, and again when its credentials have expired or were
// refused. May be used from any thread.
class ExecPlugin final : public CredentialSource {
 public:
  // `exec` has passed check_exec; `owner` names the user in messages; `search_path` is $PATH. With
  // a cluster the plugin is told of it.
  ExecPlugin(ExecConfig exec, std::optional<ExecCluster> cluster, std::string owner,
             std::string search_path, ExecOptions options);

  // Throws Error(not_allowed) when the plugin fails, Error(unreachable) when it takes too long,
  // Error(invalid_data) when it cannot be run, is to ask the user and there is no terminal, or does
  // not answer as it should.
  Credentials current() override;

 private:
  bool refused() override;
  std::string find() const;
  bool decide_interactive() const;
  std::chrono::milliseconds timeout(bool interactive) const;
  ChildResult run(const std::string& path, bool interactive);
  void refresh();

  const ExecConfig exec_;
  const std::optional<ExecCluster> cluster_;
  const std::string what_;  // `the credential plugin "aws" of user "ann" in FILE`
  const std::string search_path_;
  const ExecOptions options_;

  std::mutex mutex_;  // held while the plugin runs: it may be talking to the user
  std::optional<ExecAnswer> cached_;
};

}  // namespace podreg::k8s
