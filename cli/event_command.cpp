#include "cli/event_command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <sstream>
#include <utility>

#include "core/error.h"
#include "core/ignored_signals.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to us

namespace podreg::cli {
namespace {

std::vector<std::string> words_of(const std::string& text, bool shell) {
  if (shell) return {"sh", "-c", text};
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

// The settings of a child whose standard input is `input`, that has no descriptor of ours beyond
// the standard ones, whoever opened it, and ignores no signal that we ignore.
class SpawnSettings {
 public:
  explicit SpawnSettings(int input) {
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
#ifdef __GLIBC__
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
#endif
    posix_spawnattr_init(&attributes);
    const sigset_t ordinary = core::ignored_signals();
    posix_spawnattr_setsigdefault(&attributes, &ordinary);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
};

// Until all is written or nobody reads it any more.
void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

int status_of(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

EventCommand::EventCommand(const std::string& text, bool shell,
                           std::function<void(std::string)> warn)
    : words_(words_of(text, shell)), warn_(std::move(warn)) {
  if (words_.empty())
    throw core::Error(core::ErrorKind::usage, "--exec: there is no program in it");
}

void EventCommand::run(std::string_view input) const {
  int pipe[2] = {-1, -1};
  if (::pipe2(pipe, O_CLOEXEC) != 0) {
    throw core::Error(core::ErrorKind::invalid_data,
                      fmt::format("--exec: {}", std::strerror(errno)));
  }
  std::vector<char*> arguments;
  arguments.reserve(words_.size() + 1);
  for (const std::string& word : words_) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  pid_t child = 0;
  int error = 0;
  {
    const SpawnSettings settings(pipe[0]);
    error = ::posix_spawnp(&child, arguments[0], &settings.actions, &settings.attributes,
                           arguments.data(), environ);
  }
  ::close(pipe[0]);
  if (error != 0) {
    ::close(pipe[1]);
    throw core::Error(core::ErrorKind::usage,
                      fmt::format("--exec: cannot run \"{}\": {}", words_[0], std::strerror(error)),
                      "the command runs without a shell; --shell runs it with one");
  }
  write_all(pipe[1], input);
  ::close(pipe[1]);
  const int status = status_of(child);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
  warn_(WIFSIGNALED(status)
            ? fmt::format("--exec: \"{}\" was ended by signal {}", words_[0], WTERMSIG(status))
            : fmt::format("--exec: \"{}\" ended with status {}", words_[0], WEXITSTATUS(status)));
}

}  // namespace podreg::cli
