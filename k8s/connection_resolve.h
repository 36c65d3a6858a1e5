// From kubeconfig, ServiceAccount and command line to a Connection: the same server, certificates,
// identity and namespace that kubectl of Kubernetes 1.34 comes to (client-go, tools/clientcmd),
// apart from what is said here.
#pragma once

#include <string>

#include "k8s/connection.h"
#include "k8s/connection_selection.h"
#include "k8s/environment.h"
#include "k8s/exec_plugin.h"
#include "k8s/in_cluster.h"
#include "k8s/kubeconfig.h"

namespace podreg::k8s {

// `kubeconfig` is the value of --kubeconfig, empty when not given; `service_account_folder` is for
// tests. Reads all files that the connection needs, the token's included. A plugin runs when the
// credentials are first asked for, with PATH from `environment`, else in the environment of this
// process. Safe from any thread.
//
// The kubeconfig comes first; the ServiceAccount is used when neither it nor the command line names
// a context, a cluster or a server, and --kubeconfig is not given. When there is no ServiceAccount
// either, an error says where was looked: kubectl would try localhost:8080.
//
// A registry URL stands over either, see connection_registry.h; it needs neither.
//
// Flags stand over all of that one by one, as kubectl's do:
// - --server drops the kubeconfig's tls-server-name;
// - --certificate-authority and --insecure-skip-tls-verify drop both its CA and its
//   insecure-skip-tls-verify. Both flags, or both settings in one kubeconfig, are refused;
// - --client-certificate and --client-key win over -data too, where kubectl refuses;
// - --token and --token-file win over tokenFile too, where kubectl lets the file win;
// - a token replaces the user's username and password, and those of the command line its token,
//   where kubectl refuses to have both. Both flags, or both in one user, are refused;
// - --as, --as-uid and --as-group replace as, as-uid and as-groups one by one. They count in a pod
//   as well, where kubectl forgets them.
//
// Data wins over the file of the same name, where kubectl refuses to have both. A user's tokenFile
// wins over its token; the token is used while the file cannot be read (client-go,
// transport.NewBearerAuthWithRefreshRoundTripper). A client certificate is used together with a
// token or password. exec is neither run nor looked at when there is one of the three.
//
// A server without a scheme is http, even with a CA (client-go asks IsConfigTransportTLS before it
// knows of one), and may then have no path. Over http no certificate is read and of the credentials
// only those that flags or the registry URL hold are: see Connection::credentials_unused.
//
// Without a namespace in the context and on the command line: the ServiceAccount's in a pod, else
// "default".
//
// Throws Error(not_found): a context, or a cluster or user of the command line, that is not there.
// Error(usage): flags that exclude each other, a namespace that is none. Error(invalid_data):
// everything else, in particular what cannot be used (auth-provider, exec v1alpha1), which is never
// left out in silence.
Connection resolve_connection(const std::string& kubeconfig, const Overrides& overrides,
                              const Environment& environment,
                              const std::string& service_account_folder = kServiceAccountFolder,
                              const ExecOptions& exec = {});

// The first half of it: what is meant and where it comes from, before any file but the kubeconfigs
// is read. Throws the same.
Selection resolve_selection(const std::string& kubeconfig, const Overrides& overrides,
                            const Environment& environment,
                            const std::string& service_account_folder = kServiceAccountFolder);

}  // namespace podreg::k8s
