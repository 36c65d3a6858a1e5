#include "k8s/connection_read.h"

#include <fmt/format.h>

#include <utility>

#include "core/error.h"
#include "k8s/connection_identity.h"
#include "k8s/connection_pem.h"
#include "k8s/connection_server.h"
#include "k8s/pem.h"
#include "k8s/proxy_url.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

namespace {

void set_trust(Connection& connection, const Selection& selection) {
  const auto& cluster = selection.cluster;
  const auto ca = pem_setting(selection, "certificate-authority", cluster.certificate_authority,
                              cluster.certificate_authority_data);
  connection.insecure_skip_tls_verify = cluster.insecure_skip_tls_verify;
  connection.tls_server_name = cluster.tls_server_name;
  if (cluster.insecure_skip_tls_verify && ca.is_set()) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("{} has both insecure-skip-tls-verify and a certificate-authority",
                            selection.cluster_owner),
                "remove one of them");
  }
  if (!ca.is_set()) return;
  const auto pem = load_pem(ca);
  check_certificates(pem.text, pem.what);
  connection.ca_pem = pem.text;
}

// The proxy as it was written: other programs need not know socks5h.
ExecCluster told_to_plugin(const Connection& connection, const ClusterEntry& cluster) {
  ExecCluster told;
  told.server = connection.server;
  told.tls_server_name = connection.tls_server_name;
  told.insecure_skip_tls_verify = connection.insecure_skip_tls_verify;
  told.ca_pem = connection.ca_pem;
  told.proxy_url = cluster.proxy_url;
  told.disable_compression = connection.disable_compression;
  told.config = cluster.exec_config;
  return told;
}

// For messages: "the command line", "$HTTPS_PROXY", `cluster "prod" in FILE`.
std::string owner_of_proxy(const Selection& selection) {
  if (!selection.is_replaced("proxy-url")) return selection.cluster_owner;
  const auto source = selection.source("proxy-url");
  return source.starts_with("--") ? "the command line" : source;
}

}  // namespace

Connection read_connection(Selection selection, const Environment& environment,
                           const ExecOptions& exec) {
  const auto& cluster = selection.cluster;
  const auto server = resolve_server(cluster.server, selection.source("server"));
  Connection connection;
  connection.origin = selection.origin;
  if (const auto flag = selection.source("server"); flag.starts_with("--")) {
    connection.address_origin = flag;
  }
  connection.ns = selection.ns;
  connection.server = server.url;
  connection.proxy_url = resolve_proxy(cluster.proxy_url, owner_of_proxy(selection));
  connection.no_proxy = selection.no_proxy;
  connection.http1_only = selection.http1_only;
  connection.disable_compression = cluster.disable_compression;
  connection.impersonation = impersonate(selection);
  if (!selection.identity_replaced) connection.user = selection.user.name;
  if (server.tls) {
    set_trust(connection, selection);
  } else {
    auto kept = without_kubeconfig_credentials(selection);
    connection.credentials_unused = has_credentials(selection.user) && !has_credentials(kept);
    selection.user = std::move(kept);
  }
  connection.credentials =
      identify(selection, {told_to_plugin(connection, cluster), environment.text("PATH"), exec});
  return connection;
}

}  // namespace podreg::k8s
