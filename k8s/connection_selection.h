// Which cluster and which user are meant, and where each of their fields comes from: a kubeconfig
// or the ServiceAccount, a registry URL and the command line in one.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "k8s/in_cluster.h"
#include "k8s/kubeconfig.h"

namespace podreg::k8s {

struct Selection {
  std::string context;  // its name; empty: none is used
  ClusterEntry cluster;
  UserEntry user;
  std::string ns;  // empty: none is named

  // Of a registry URL only.
  std::string client_key_passphrase;
  std::string no_proxy;
  bool http1_only = false;

  // What stands in for fields of the entries, by their names in a kubeconfig (`tokenFile` is
  // "token-file"): "--token", "oauthToken of --registry"; and where context, cluster, user and
  // namespace are named.
  std::map<std::string, std::string, std::less<>> sources;

  // Flags or the registry URL say who asks, not the kubeconfig's user.
  bool identity_replaced = false;

  // For messages: `cluster "prod" in FILE`, `user "ann" in FILE`, `context "prod" of FILE`.
  std::string cluster_owner;
  std::string user_owner;
  std::string origin;
  std::string token_hint;  // what to do when the token's file cannot be read; may be empty

  std::vector<std::string> files;  // kubeconfigs that were read
  std::string files_named_by;      // "--kubeconfig", "$KUBECONFIG"; empty: the default

  bool is_replaced(std::string_view field) const { return sources.contains(field); }

  // Where the field comes from: "--token", `user "ann" in FILE`.
  std::string source(std::string_view field) const;

  // The field for messages: "--token", `token of user "ann" in FILE`.
  std::string what(std::string_view field) const;
};

// By --context, else current-context, and --cluster and --user over it; as client-go's
// DirectClientConfig does, but a context that names a cluster or user that is not there is an
// error, where client-go goes on without. Nothing when neither the kubeconfig nor the command line
// names a context, a cluster or a server. No other flag is looked at.
//
// Throws Error(not_found) when a context, or a cluster or user that the command line names, is not
// there, with those there are in the hint; Error(invalid_data) when a context's is not.
std::optional<Selection> select(const Kubeconfig& kubeconfig, const Overrides& overrides);

// The ServiceAccount's, in the same form.
Selection select(const InCluster& in_cluster);

}  // namespace podreg::k8s
