// The port of a pod, reached through the API server: for whoever has no route into the cluster.
//
// Format: Kubernetes' port-forward over WebSocket, sub-protocol v4.channel.k8s.io (k8s.io/kubelet,
// pkg/cri/streaming/portforward/websocket.go). The first byte of each binary message is a channel:
// 0 data, 1 error; the first message of each channel is the port in two bytes, little endian. RBAC
// asks for "get" on pods/portforward and, from Kubernetes 1.35 on, for "create" as well.
#pragma once

#include <memory>

#include "core/dialer.h"
#include "k8s/connection.h"
#include "k8s/server_address.h"

namespace podreg::k8s {

// Each stream is a connection of its own to the API server, with the cluster's credentials for the
// server and with none of them for the pod. No listening port is opened.
class PortForward final : public core::Dialer {
 public:
  // Throws Error(invalid_data) when the server's address cannot be used.
  explicit PortForward(Connection connection, bool allow_plaintext_token = false);

  // The target's address plays no part: the kubelet of the pod's node dials the pod itself, and
  // reports a port where nobody listens only afterwards, as the stream's reason. After a 401 the
  // credentials are renewed, where they can be, and it is asked once more. Throws Error:
  // unreachable, not_allowed, not_found (the pod), invalid_data, and what credentials_to_send
  // throws.
  std::unique_ptr<core::Stream> dial(const core::PodPort& target, core::Deadline deadline) override;

 private:
  Connection connection_;
  ServerAddress server_;
  bool allow_plaintext_token_;
};

}  // namespace podreg::k8s
