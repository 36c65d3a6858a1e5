#include "k8s/connection_credentials.h"

#include <fmt/format.h>

#include <optional>
#include <string>

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

bool given(const std::optional<std::string>& flag) { return flag && !flag->empty(); }

void set_trust(Connection& connection, const Selection& selection, const Overrides& overrides) {
  const auto& cluster = selection.cluster;
  const bool by_flags =
      overrides.insecure_skip_tls_verify || given(overrides.certificate_authority);
  const auto ca =
      by_flags ? pem_setting("certificate-authority", overrides.certificate_authority, {}, {}, {})
               : pem_setting("certificate-authority", {}, cluster.certificate_authority,
                             cluster.certificate_authority_data, selection.cluster_owner);
  connection.insecure_skip_tls_verify =
      by_flags ? overrides.insecure_skip_tls_verify : cluster.insecure_skip_tls_verify;
  if (connection.insecure_skip_tls_verify && ca.is_set()) {
    throw by_flags ? Error(ErrorKind::usage,
                           "--insecure-skip-tls-verify and --certificate-authority exclude each "
                           "other")
                   : Error(ErrorKind::invalid_data,
                           fmt::format("{} has both insecure-skip-tls-verify and a "
                                       "certificate-authority",
                                       selection.cluster_owner),
                           "remove one of them");
  }
  if (ca.is_set()) {
    const auto pem = load_pem(ca);
    check_certificates(pem.text, pem.what);
    connection.ca_pem = pem.text;
  }
  if (given(overrides.tls_server_name)) {
    connection.tls_server_name = *overrides.tls_server_name;
  } else if (!given(overrides.server)) {
    connection.tls_server_name = cluster.tls_server_name;
  }
}

// Whoever names a proxy with a flag means it for whichever server.
std::string proxy_of(const Selection& selection, const Overrides& overrides) {
  if (given(overrides.proxy_url)) return resolve_proxy(*overrides.proxy_url, "the command line");
  return resolve_proxy(selection.cluster.proxy_url, selection.cluster_owner);
}

}  // namespace

Connection connect(const Selection& selection, const Overrides& overrides) {
  Connection connection;
  connection.origin = selection.origin;
  if (!identity_by_flags(overrides)) connection.user = selection.user.name;
  const auto server = given(overrides.server)
                          ? resolve_server(*overrides.server, "--server")
                          : resolve_server(selection.cluster.server, selection.cluster_owner);
  connection.server = server.url;
  connection.proxy_url = proxy_of(selection, overrides);
  connection.disable_compression = selection.cluster.disable_compression;
  connection.impersonation = impersonate(selection, overrides);
  if (server.tls) {
    set_trust(connection, selection, overrides);
    connection.credentials = identify(selection, overrides);
  } else {
    connection.credentials = identify_by_flags(overrides);
    connection.credentials_unused = has_credentials(selection.user);
  }
  return connection;
}

}  // namespace podreg::k8s
