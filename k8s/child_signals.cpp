#include "k8s/child_signals.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>

namespace podreg::k8s {

namespace {

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

// Read by the handler, hence not in an object.
std::atomic<pid_t> current_child = 0;
static_assert(std::atomic<pid_t>::is_always_lock_free);
std::array<struct sigaction, kSignals.size()> actions_before{};

// The signal is blocked while this runs; raised again, it arrives when it returns.
void end_child(int signal) {
  const int error = errno;
  const pid_t target = current_child;
  if (target != 0) ::kill(target, target > 0 ? SIGTERM : SIGKILL);
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    if (kSignals[i] == signal) ::sigaction(signal, &actions_before[i], nullptr);
  }
  ::raise(signal);
  errno = error;
}

}  // namespace

ChildSignals::ChildSignals() {
  sigset_t ending;
  ::sigemptyset(&ending);
  for (const int signal : kSignals) ::sigaddset(&ending, signal);
  ::pthread_sigmask(SIG_BLOCK, &ending, &mask_);
  struct sigaction action {};
  action.sa_handler = end_child;
  ::sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    ::sigaction(kSignals[i], nullptr, &actions_before[i]);
    if (actions_before[i].sa_handler == SIG_IGN) continue;  // nohup
    ::sigaction(kSignals[i], &action, nullptr);
  }
}

void ChildSignals::child(pid_t target) {
  current_child = target;
  ::pthread_sigmask(SIG_SETMASK, &mask_, nullptr);
}

ChildSignals::~ChildSignals() {
  current_child = 0;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    ::sigaction(kSignals[i], &actions_before[i], nullptr);
  }
  ::pthread_sigmask(SIG_SETMASK, &mask_, nullptr);
}

}  // namespace podreg::k8s
