#include "cli/live_screen.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>
#include <system_error>
#include <utility>

#include "cli/standard_streams.h"

namespace podreg::cli {
namespace {

constexpr std::string_view kEnter = "\x1b[?1049h\x1b[?25l\x1b[2J";
constexpr std::string_view kLeave = "\x1b[?25h\x1b[?1049l";
constexpr std::array kEndings = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

// For the handlers, which may only use what is safe in one.
volatile std::sig_atomic_t entered = 0;
bool has_settings = false;
termios settings_before{};
int resize_pipe = -1;
std::array<struct sigaction, kEndings.size()> actions_before{};
struct sigaction resize_before {};

void write_all(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

// A signal may interrupt it at any place: the settings are undone while the handlers still undo
// them, too.
void leave() {
  if (entered == 0) return;
  if (has_settings) ::tcsetattr(STDIN_FILENO, TCSANOW, &settings_before);
  entered = 0;
  write_all(kLeave);
}

// The signal then does what it would have done.
void leave_and_end(int signal) {
  leave();
  struct sigaction ordinary {};
  ordinary.sa_handler = SIG_DFL;
  ::sigaction(signal, &ordinary, nullptr);
  ::raise(signal);
}

void note_resize(int /*signal*/) {
  const int error = errno;
  const char byte = 0;
  [[maybe_unused]] const ssize_t written = ::write(resize_pipe, &byte, 1);
  errno = error;
}

struct sigaction action(void (*handler)(int), int flags) {
  struct sigaction result {};
  result.sa_handler = handler;
  result.sa_flags = flags;
  ::sigemptyset(&result.sa_mask);
  return result;
}

void read_settings() { has_settings = ::tcgetattr(STDIN_FILENO, &settings_before) == 0; }

// What is typed is neither shown nor kept for the shell, and Ctrl-Z would leave this screen to it.
void silence_input() {
  if (!has_settings) return;
  termios silent = settings_before;
  silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  silent.c_cc[VSUSP] = _POSIX_VDISABLE;
  ::tcsetattr(STDIN_FILENO, TCSANOW, &silent);
}

}  // namespace

LiveScreen::LiveScreen() {
  if (::pipe2(pipe_, O_CLOEXEC | O_NONBLOCK) != 0) {
    throw std::system_error(errno, std::generic_category(), "pipe");
  }
  resize_pipe = pipe_[1];
}

void LiveScreen::enter() {
  if (std::exchange(entered_, true)) return;
  read_settings();
  for (std::size_t i = 0; i < kEndings.size(); ++i) {
    struct sigaction ending = action(leave_and_end, 0);
    ::sigaction(kEndings[i], nullptr, &actions_before[i]);
    // What is ignored (nohup) stays so.
    if (actions_before[i].sa_handler != SIG_IGN) ::sigaction(kEndings[i], &ending, nullptr);
  }
  entered = 1;
  silence_input();  // now that every ending undoes it
  struct sigaction resize = action(note_resize, SA_RESTART);
  ::sigaction(SIGWINCH, &resize, &resize_before);
  write_all(kEnter);
}

LiveScreen::~LiveScreen() {
  leave();
  if (entered_) {
    for (std::size_t i = 0; i < kEndings.size(); ++i)
      ::sigaction(kEndings[i], &actions_before[i], nullptr);
    ::sigaction(SIGWINCH, &resize_before, nullptr);
  }
  ::close(pipe_[0]);
  ::close(pipe_[1]);
}

output::ScreenSize LiveScreen::size() {
  std::array<char, 64> noted{};
  while (::read(pipe_[0], noted.data(), noted.size()) > 0) {
  }
  const TerminalSize size = terminal_size(STDOUT_FILENO);
  output::ScreenSize result;
  if (size.columns > 0 && size.rows > 0) {
    result.columns = size.columns;
    result.rows = size.rows;
  }
  return result;
}

}  // namespace podreg::cli
