// The ServiceAccount of the pod that podreg runs in.
//
// Format: https://kubernetes.io/docs/tasks/run-application/access-api-from-pod; as client-go has it
// in rest.InClusterConfig and tools/clientcmd's inClusterClientConfig: the API server's address in
// two environment variables; token, ca.crt and namespace as files, which the kubelet writes anew
// before the token expires.
#pragma once

#include <optional>
#include <string>

#include "k8s/environment.h"

namespace podreg::k8s {

inline constexpr const char* kServiceAccountFolder =
    "/var/run/secrets/kubernetes.io/serviceaccount";

struct InCluster {
  std::string server;                 // "https://HOST:PORT", IPv6 in brackets
  std::string token_file;             // path; whether it can be read shows when it is read
  std::string certificate_authority;  // path; empty when there is none: the system's certificates
  std::string ns;                     // as in_cluster_namespace()
};

// Nothing when KUBERNETES_SERVICE_HOST or KUBERNETES_SERVICE_PORT is not set: this is not a pod.
// `folder` is where the ServiceAccount's files are. Throws nothing.
std::optional<InCluster> find_in_cluster(const Environment& environment,
                                         const std::string& folder = kServiceAccountFolder);

// $POD_NAMESPACE, else the ServiceAccount's; empty outside of a cluster, or when neither is there.
std::string in_cluster_namespace(const Environment& environment,
                                 const std::string& folder = kServiceAccountFolder);

}  // namespace podreg::k8s
