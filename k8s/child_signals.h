// Ends a child when this process is told to end. Only child_process.cpp uses it.
#pragma once

#include <sys/types.h>

#include <array>
#include <csignal>

namespace podreg::k8s {

// While one exists, a signal that ends this process ends the child too, and then does what it did
// before. There can be one at a time. Until child() is called, the signals wait.
class ChildSignals {
 public:
  ChildSignals();
  ~ChildSignals();
  ChildSignals(const ChildSignals&) = delete;
  ChildSignals& operator=(const ChildSignals&) = delete;

  // What the child is to have blocked: what this thread had.
  const sigset_t& mask() const { return mask_; }

  // A process, which is then asked to end, or with a minus its group, which is killed. 0: none any
  // more.
  void child(pid_t target);

 private:
  sigset_t mask_{};
};

}  // namespace podreg::k8s
