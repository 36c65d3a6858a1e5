// Which cluster and which user of a kubeconfig are meant.
#pragma once

#include <optional>
#include <string>

#include "k8s/in_cluster.h"
#include "k8s/kubeconfig.h"

namespace podreg::k8s {

struct Selection {
  ClusterEntry cluster;
  UserEntry user;
  std::string ns;  // empty: none is named

  // For messages: `cluster "prod" in FILE`, `user "ann" in FILE`, `context "prod" of FILE`.
  std::string cluster_owner;
  std::string user_owner;
  std::string origin;
  std::string token_hint;  // what to do when the token's file cannot be read; may be empty
};

// By --context, else current-context, and --cluster and --user over it; as client-go's
// DirectClientConfig does, but a context that names a cluster or user that is not there is an
// error, where client-go goes on without. Nothing when neither the kubeconfig nor the command line
// names a context, a cluster or a server.
//
// Throws Error(not_found) when a context, or a cluster or user that the command line names, is not
// there, with those there are in the hint; Error(invalid_data) when a context's is not.
std::optional<Selection> select(const Kubeconfig& kubeconfig, const Overrides& overrides);

// The ServiceAccount's, in the same form.
Selection select(const InCluster& in_cluster);

}  // namespace podreg::k8s
