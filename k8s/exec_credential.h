// What is told to a credential plugin, and what it answers.
//
// Format: an ExecCredential of client.authentication.k8s.io/v1 or v1beta1 in JSON
// (https://kubernetes.io/docs/reference/config-api/client-authentication.v1); the first in the
// plugin's variable KUBERNETES_EXEC_INFO, the second on its standard output. client-go would take
// YAML from it as well.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "k8s/credentials.h"

namespace podreg::k8s {

// The cluster that a plugin with provideClusterInfo is asked for.
struct ExecCluster {
  std::string server;
  std::string tls_server_name;
  bool insecure_skip_tls_verify = false;
  std::string ca_pem;
  std::string proxy_url;
  bool disable_compression = false;
  std::string config;  // JSON, of the cluster's extension; empty: null
};

// One line. Without a cluster for a plugin that is not told of it.
std::string exec_info(const std::string& api_version, bool interactive,
                      const std::optional<ExecCluster>& cluster);

struct ExecAnswer {
  Credentials credentials;                          // a token, a certificate with its key, or all
  std::optional<std::chrono::sys_seconds> expires;  // nothing: they are good for as long as we run
};

// `api_version` is what the plugin was asked in, `what` names it in messages. Throws
// Error(invalid_data), never with any of the text: not JSON, another kind or apiVersion, neither
// token nor certificate, one of certificate and key without the other, or a value that is none.
ExecAnswer read_exec_answer(const std::string& text, const std::string& api_version,
                            const std::string& what);

}  // namespace podreg::k8s
