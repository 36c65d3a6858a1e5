// Signals that podreg ignores, because the error of the call tells the same: of a write to a pipe
// without a reader, and to a file that is as large as it may be. What is ignored stays so in a
// child, which expects its signals to be ordinary.
#pragma once

#include <array>
#include <csignal>

namespace podreg::core {

inline constexpr std::array kIgnoredSignals = {SIGPIPE, SIGXFSZ};

// As a set, for posix_spawnattr_setsigdefault(3).
inline sigset_t ignored_signals() {
  sigset_t signals;
  ::sigemptyset(&signals);
  for (const int signal : kIgnoredSignals) ::sigaddset(&signals, signal);
  return signals;
}

}  // namespace podreg::core
