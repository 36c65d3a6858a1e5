#include "k8s/exec_plugin.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <map>
#include <sstream>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "k8s/wiped_memory.h"

// POSIX leaves its declaration to the program.
extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

namespace {

constexpr const char* kInfoVariable = "KUBERNETES_EXEC_INFO";

bool is_program(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         ::access(path.c_str(), X_OK) == 0;
}

std::string base_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// On one line, as hints are.
std::string one_line(const std::string& text) {
  std::istringstream words(text);
  std::string result;
  for (std::string word; words >> word;) result += (result.empty() ? "" : " ") + word;
  return result;
}

// This process's, with the variables over it; the last of one name counts.
std::vector<std::string> environment_with(
    const std::vector<std::pair<std::string, std::string>>& variables) {
  std::map<std::string, std::string> all;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    const std::string text = *variable;
    const auto equals = text.find('=');
    if (equals != std::string::npos) all[text.substr(0, equals)] = text.substr(equals + 1);
  }
  for (const auto& [name, value] : variables) all[name] = value;
  std::vector<std::string> result;
  result.reserve(all.size());
  for (const auto& [name, value] : all) result.push_back(fmt::format("{}={}", name, value));
  return result;
}

}  // namespace

ExecPlugin::ExecPlugin(ExecConfig exec, std::optional<ExecCluster> cluster, std::string owner,
                       std::string search_path, ExecOptions options)
    : exec_(std::move(exec)),
      cluster_(std::move(cluster)),
      what_(fmt::format("the credential plugin \"{}\" of {}", exec_.command, owner)),
      search_path_(std::move(search_path)),
      options_(std::move(options)) {}

Credentials ExecPlugin::current() {
  const std::lock_guard lock(mutex_);
  const bool expired = cached_ && cached_->expires && options_.now() > *cached_->expires;
  if (!cached_ || expired) refresh();
  return cached_->credentials;
}

bool ExecPlugin::refused() {
  const std::lock_guard lock(mutex_);
  cached_.reset();
  return true;
}

// As Go's exec.LookPath, which finds nothing in a folder of PATH that depends on where one stands.
std::string ExecPlugin::find() const {
  if (exec_.command.find('/') != std::string::npos) {
    if (::access(exec_.command.c_str(), F_OK) == 0) return exec_.command;
    throw Error(ErrorKind::invalid_data, what_ + " is not there", one_line(exec_.install_hint));
  }
  std::istringstream folders(search_path_);
  for (std::string folder; std::getline(folders, folder, ':');) {
    auto path = fmt::format("{}/{}", folder, exec_.command);
    if (folder.starts_with('/') && is_program(path)) return path;
  }
  const auto hint = one_line(exec_.install_hint);
  throw Error(ErrorKind::invalid_data, what_ + " is not installed: it is not in $PATH",
              hint.empty() ? "install it, or use a user with other credentials" : hint);
}

bool ExecPlugin::decide_interactive() const {
  if (exec_.interactive_mode == "Never") return false;
  const bool possible = options_.input_is_terminal();
  if (possible || exec_.interactive_mode != "Always") return possible;
  throw Error(ErrorKind::invalid_data,
              what_ +
                  " must ask the user (interactiveMode: Always), and standard input is not a "
                  "terminal",
              "run podreg in a terminal, or give a token with --token-file");
}

std::chrono::milliseconds ExecPlugin::timeout(bool interactive) const {
  if (options_.timeout) return *options_.timeout;
  return interactive ? std::chrono::milliseconds(0) : kExecTimeout;
}

ChildResult ExecPlugin::run(const std::string& path, bool interactive) {
  ChildCommand command;
  command.path = path;
  command.argv = {exec_.command};
  command.argv.insert(command.argv.end(), exec_.args.begin(), exec_.args.end());
  auto variables = exec_.env;
  variables.emplace_back(kInfoVariable, exec_info(exec_.api_version, interactive, cluster_));
  command.environment = environment_with(variables);
  command.interactive = interactive;
  command.timeout = timeout(interactive);
  command.output_limit = kExecOutputLimit;
  std::shared_ptr<void> running;
  if (options_.on_run) running = options_.on_run(base_name(exec_.command), interactive);
  try {
    return run_child(command, [this](std::string_view line) {
      if (options_.on_message) options_.on_message(base_name(exec_.command), line);
    });
  } catch (const std::system_error& error) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("{} cannot be run: {}", what_, error.code().message()));
  }
}

void ExecPlugin::refresh() {
  const WipedMemory wiped;
  cached_.reset();
  const bool interactive = decide_interactive();
  const auto result = run(find(), interactive);
  switch (result.end) {
    case ChildResult::End::timed_out:
      throw Error(ErrorKind::unreachable,
                  fmt::format("{} did not answer within {} s, and was ended", what_,
                              std::chrono::duration<double>(timeout(interactive)).count()),
                  "--request-timeout TIME sets how long to wait");
    case ChildResult::End::too_much:
      throw Error(
          ErrorKind::invalid_data,
          fmt::format("{} printed more than {} MiB, and was ended", what_, kExecOutputLimit >> 20),
          "an answer is one ExecCredential");
    case ChildResult::End::killed:
      throw Error(ErrorKind::not_allowed,
                  fmt::format("{} was ended by signal {}", what_, result.status));
    case ChildResult::End::exited:
      if (result.status == 0) break;
      throw Error(ErrorKind::not_allowed,
                  fmt::format("{} failed with exit status {}", what_, result.status),
                  "run it yourself to see why");
  }
  cached_ = read_exec_answer(result.output, exec_.api_version, what_);
}

}  // namespace podreg::k8s
