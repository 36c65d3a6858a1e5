// How one API server is reached: what a kubeconfig, the ServiceAccount of a pod and the flags of
// the command line come down to. Secrets stay in memory: certificates and keys are held as PEM
// text, never as files of our own.
#pragma once

#include <functional>
#include <string>

namespace podreg::k8s {

struct Connection {
  std::string server;  // "https://host:port" and perhaps a path, without a final slash
  std::string ns;      // the namespace that is asked for; never empty

  std::string ca_pem;           // empty: the system's certificates
  std::string client_cert_pem;  // empty: none
  std::string client_key_pem;
  std::string tls_server_name;  // empty: the host of `server`
  bool insecure_skip_tls_verify = false;

  // The bearer token at this moment, empty for none. Called before each request, because files
  // rotate. Throws Error(invalid_data) when its file cannot be read or is empty.
  std::function<std::string()> token;

  // The kubeconfig's user has credentials, but `server` is plain http: like kubectl, podreg then
  // neither reads nor sends them. For a hint when the server refuses.
  bool credentials_unused = false;

  // For messages only.
  std::string
      origin;        // `context "prod" of /home/ann/.kube/config`, "the in-cluster ServiceAccount"
  std::string user;  // the user's name in the kubeconfig; empty: none, or flags stand in for it
};

}  // namespace podreg::k8s
