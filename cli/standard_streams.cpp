#include "cli/standard_streams.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "core/error.h"
#include "core/ignored_signals.h"

namespace podreg::cli {

namespace {
constexpr std::size_t kPieceSize = 64 * 1024;

// Who shares the stream may have made it O_NONBLOCK. Whether it takes more, the next write tells.
void wait_for_room(int descriptor) {
  pollfd room{descriptor, POLLOUT, 0};
  ::poll(&room, 1, -1);
}
}  // namespace

void DescriptorSink::write(std::string_view text) {
  if (reader_gone_) return;
  pending_.append(text);
  if (pending_.size() >= kPieceSize) flush();
}

void DescriptorSink::flush() {
  std::string_view rest = pending_;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
      continue;
    }
    if (errno == EINTR) continue;
    if (errno == EAGAIN) {
      wait_for_room(descriptor_);
      continue;
    }
    const int error = errno;
    pending_.clear();
    reader_gone_ = error == EPIPE;
    if (reader_gone_ || on_failure_ == OnFailure::ignore) return;
    throw core::Error(core::ErrorKind::output,
                      fmt::format("cannot write to standard output: {}", std::strerror(error)));
  }
  pending_.clear();
}

bool DescriptorSink::reader_gone() const {
  pollfd end{descriptor_, 0, 0};
  return reader_gone_ || (::poll(&end, 1, 0) == 1 && (end.revents & POLLERR) != 0);
}

int output_pipe() {
  struct stat status {};
  const bool is_pipe = ::fstat(STDOUT_FILENO, &status) == 0 && S_ISFIFO(status.st_mode);
  const bool only_written = (::fcntl(STDOUT_FILENO, F_GETFL) & O_ACCMODE) == O_WRONLY;
  return is_pipe && only_written ? STDOUT_FILENO : -1;
}

TerminalSize terminal_size(int descriptor) {
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0) return {};
  return {size.ws_col, size.ws_row};
}

std::size_t error_columns() {
  const pid_t reader = ::tcgetpgrp(STDERR_FILENO);
  if (reader != -1 && reader != ::getpgrp()) return 0;
  const std::size_t columns = terminal_size(STDERR_FILENO).columns;
  return columns > 0 ? columns : 80;
}

void forbid_core_files() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);  // lowering a limit of one's own does not fail
}

void secure_standard_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    // The lowest free number is the closed one. Read only, so that a write to it fails as before.
    if (::open("/dev/null", O_RDONLY | O_CLOEXEC) < 0) return;
  }
  for (const int signal : core::kIgnoredSignals) std::signal(signal, SIG_IGN);
  std::signal(SIGCHLD, SIG_DFL);  // whose parent ignores it could not wait for children
}

}  // namespace podreg::cli
