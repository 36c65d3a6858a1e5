// A dialer that connects nobody, and knows who was to be connected.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/dialer.h"

namespace podreg::rpc {

class NoStream final : public core::Stream {
 public:
  int descriptor() const override { return -1; }
  std::string reason() const override { return {}; }
};

// Notes who is to be reached, and by when.
class NotingDialer final : public core::Dialer {
 public:
  explicit NotingDialer(bool works) : works_(works) {}

  std::unique_ptr<core::Stream> dial(const core::PodPort& target, core::Deadline until) override {
    pods.push_back(target.pod);
    deadline = until;
    if (!works_) throw core::Error(core::ErrorKind::unreachable, "no route to it");
    return std::make_unique<NoStream>();
  }

  std::vector<std::string> pods;
  core::Deadline deadline;

 private:
  bool works_;
};

}  // namespace podreg::rpc
