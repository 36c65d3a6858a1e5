// How one API server is reached: what a kubeconfig, the ServiceAccount of a pod and the flags of
// the command line come down to. Secrets stay in memory: certificates and keys are held as PEM
// text, never as files of our own.
#pragma once

#include <memory>
#include <string>

#include "k8s/credentials.h"
#include "k8s/impersonation.h"

namespace podreg::k8s {

struct Connection {
  std::string server;  // "https://host:port" and perhaps a path, without a final slash
  std::string ns;      // the namespace that is asked for; never empty

  std::string ca_pem;           // empty: the system's certificates
  std::string tls_server_name;  // empty: the host of `server`
  bool insecure_skip_tls_verify = false;

  std::string proxy_url;  // as libcurl takes it, with credentials; empty: none
  std::string no_proxy;   // hosts that are reached without one, as in the environment; may be empty
  bool http1_only = false;           // no HTTP/2
  bool disable_compression = false;  // the cluster's disable-compression: never ask for gzip

  // Who asks; shared, so that copies of the connection share what was read. nullptr: nobody.
  std::shared_ptr<CredentialSource> credentials;

  Impersonation impersonation;  // as whom; checked

  // The kubeconfig's user has credentials, but `server` is plain http: like kubectl, podreg then
  // neither reads nor sends them. For a hint when the server refuses.
  bool credentials_unused = false;

  // The kubeconfig that has a secret of the user in it and that everybody on this machine can read;
  // empty: none. For a warning.
  std::string exposed_kubeconfig;

  // For messages only.
  std::string
      origin;  // `context "prod" of /home/ann/.kube/config`, "the in-cluster ServiceAccount"
  std::string address_origin;  // the flag that the server's address is of; empty: `origin` has it
  std::string user;  // the user's name in the kubeconfig; empty: none, or flags stand in for it
};

}  // namespace podreg::k8s
