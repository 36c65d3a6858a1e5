// A port-forward under way: the frames of WebSocket on one side, a plain socket on the other.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/dialer.h"
#include "k8s/easy_handle.h"
#include "k8s/masking.h"

namespace podreg::k8s {

class PortForwardStream final : public core::Stream {
 public:
  // `connected` has been upgraded to WebSocket; `early` are bytes that came behind the answer. A
  // thread of its own moves the bytes from here on. What is said about the end is said without the
  // secrets. Throws Error(unreachable) when there is no socket or thread to be had.
  PortForwardStream(EasyHandle connected, const std::string& early,
                    std::vector<std::string> secrets);
  ~PortForwardStream() override;

  int descriptor() const override { return ours_; }
  std::string reason() const override;

 private:
  class Pump;

  void end_with(const std::string& reason);

  int ours_ = -1;
  int theirs_ = -1;  // the pump's
  mutable std::mutex mutex_;
  std::string reason_;
  SentSecrets secrets_;
  std::unique_ptr<Pump> pump_;
  std::thread thread_;
};

}  // namespace podreg::k8s
