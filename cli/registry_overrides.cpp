#include "cli/registry_overrides.h"

#include <fmt/format.h>

#include <optional>
#include <string>

#include "core/error.h"

namespace podreg::cli {

namespace {

void set_if_absent(std::optional<std::string>& field, const std::optional<std::string>& value) {
  if (!field) field = value;
}

void refuse_unsupported(const core::RegistryUrl& registry) {
  for (const char* name :
       {"caCertData", "clientCertData", "clientKeyData", "clientKeyPassphrase", "username",
        "password", "httpProxy", "httpsProxy", "proxyUsername", "proxyPassword"}) {
    if (!registry.parameter(name)) continue;
    throw core::Error(
        core::ErrorKind::usage, fmt::format("--registry: the parameter {} is not supported", name),
        "leave it out; flags such as --certificate-authority and --token-file say the same");
  }
}

}  // namespace

k8s::Overrides with_registry(const core::RegistryUrl& registry, k8s::Overrides flags) {
  refuse_unsupported(registry);
  set_if_absent(flags.server, registry.server());
  set_if_absent(flags.token, registry.parameter("oauthToken"));
  set_if_absent(flags.certificate_authority, registry.parameter("caCertFile"));
  set_if_absent(flags.client_certificate, registry.parameter("clientCertFile"));
  set_if_absent(flags.client_key, registry.parameter("clientKeyFile"));
  set_if_absent(flags.ns, registry.parameter("namespace"));
  if (registry.flag("trustCerts", false)) flags.insecure_skip_tls_verify = true;
  return flags;
}

}  // namespace podreg::cli
