// Straight to the address of a pod, for whoever is in the cluster or has a route into it.
#pragma once

#include <utility>

#include "core/dialer.h"
#include "core/ip_address.h"

namespace podreg::rpc {

class TcpDialer final : public core::Dialer {
 public:
  // Every connection goes to `connect_to` when it is given, whatever the target: --connect.
  explicit TcpDialer(core::HostPort connect_to = {}) : connect_to_(std::move(connect_to)) {}

  std::unique_ptr<core::Stream> dial(const core::PodPort& target, core::Deadline deadline) override;

 private:
  core::HostPort connect_to_;
};

}  // namespace podreg::rpc
