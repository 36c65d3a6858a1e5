#include "k8s/connection_registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "core/base64.h"
#include "core/error.h"
#include "core/names.h"
#include "core/percent.h"
#include "k8s/connection_overrides.h"
#include "k8s/server_address.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;
using core::RegistryUrl;

namespace {

std::string origin(std::string_view parameter) {
  return fmt::format("{} of --registry", parameter);
}

[[noreturn]] void refuse(const std::string& why, const std::string& hint = {}) {
  throw Error(ErrorKind::usage, "--registry: " + why, hint);
}

// Whether the parameter is there, and has been taken for the field of a kubeconfig.
bool take(const RegistryUrl& registry, const char* parameter, const char* field, std::string& value,
          Selection& selection) {
  const auto found = registry.parameter(parameter);
  if (!found) return false;
  value = *found;
  selection.sources[field] = origin(parameter);
  return true;
}

// As java.util.Base64's decoder has it, padding may be left out; what it refuses is PEM.
std::string as_base64(const std::string& data) {
  const bool is_base64 = std::ranges::all_of(data, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/' || c == '=';
  });
  if (!is_base64) return core::encode_base64(data);
  return data + std::string((4 - data.size() % 4) % 4, '=');
}

// A certificate or key: NAMEFile and NAMEData.
bool take_pem(const RegistryUrl& registry, const std::string& name, const char* field,
              std::string& path, std::string& data, Selection& selection) {
  const bool by_path = take(registry, (name + "File").c_str(), field, path, selection);
  if (by_path) data.clear();
  const bool by_data = take(registry, (name + "Data").c_str(), field, data, selection);
  if (by_data) {
    path.clear();
    data = as_base64(data);
  }
  return by_path || by_data;
}

void apply_trust(const RegistryUrl& registry, Selection& selection) {
  constexpr const char* kInsecure = "insecure-skip-tls-verify";
  auto& cluster = selection.cluster;
  const bool by_url =
      take_pem(registry, "caCert", "certificate-authority", cluster.certificate_authority,
               cluster.certificate_authority_data, selection);
  if (by_url) cluster.insecure_skip_tls_verify = false;
  if (!registry.parameter("trustCerts")) return;
  cluster.insecure_skip_tls_verify = registry.flag("trustCerts", false);
  selection.sources[kInsecure] = origin("trustCerts");
  if (!cluster.insecure_skip_tls_verify) return;
  cluster.certificate_authority.clear();
  cluster.certificate_authority_data.clear();
}

void apply_certificate(const RegistryUrl& registry, Selection& selection) {
  auto& user = selection.user;
  if (const auto algorithm = registry.parameter("clientKeyAlgo");
      algorithm && *algorithm != "RSA" && *algorithm != "EC") {
    refuse("clientKeyAlgo is neither RSA nor EC", "Dubbo's client knows no other");
  }
  take(registry, "clientKeyPassphrase", "client-key-passphrase", selection.client_key_passphrase,
       selection);
  take_pem(registry, "clientKey", "client-key", user.client_key, user.client_key_data, selection);
  if (take_pem(registry, "clientCert", "client-certificate", user.client_certificate,
               user.client_certificate_data, selection)) {
    user.exec.reset();
    user.auth_provider.reset();
    selection.identity_replaced = true;
  }
}

void apply_authorization(const RegistryUrl& registry, Selection& selection) {
  const bool username = registry.parameter("username").has_value();
  const bool password = registry.parameter("password").has_value();
  auto& user = selection.user;
  const auto kubeconfig = user;
  if ((username && !password && user.password.empty()) ||
      (password && !username && user.username.empty())) {
    refuse("username and password need each other", "Dubbo would send neither");
  }
  if (!username && !password && !registry.parameter("oauthToken")) return;
  forget_authorization(user);
  selection.identity_replaced = true;
  if (!username && !password) {
    take(registry, "oauthToken", "token", user.token, selection);
    return;
  }
  user.username = kubeconfig.username;
  user.password = kubeconfig.password;
  take(registry, "username", "username", user.username, selection);
  take(registry, "password", "password", user.password, selection);
}

// USER:PASSWORD@ of proxyUsername and proxyPassword; empty when there is none.
std::string proxy_credentials(const RegistryUrl& registry) {
  const auto name = registry.parameter("proxyUsername");
  if (!name) return {};
  return fmt::format("{}:{}@", core::percent_encode(*name),
                     core::percent_encode(registry.parameter("proxyPassword").value_or("")));
}

void apply_proxy(const RegistryUrl& registry, Selection& selection) {
  take(registry, "noProxy", "no-proxy", selection.no_proxy, selection);
  const char* parameter =
      selection.cluster.server.starts_with("https:") ? "httpsProxy" : "httpProxy";
  auto proxy = registry.parameter(parameter).value_or("");
  if (proxy.empty()) return;
  std::string scheme = "http";
  if (const auto end = proxy.find("://"); end != std::string::npos) {
    scheme = proxy.substr(0, end) == "https" ? "http" : proxy.substr(0, end);
    proxy = proxy.substr(end + 3);
  }
  proxy = proxy.substr(0, proxy.find('/'));
  const auto host = proxy.substr(proxy.rfind('@') + 1);
  if (host.find(':', host.rfind(']') + 1) == std::string::npos) {
    refuse(fmt::format("{} has no port", parameter), "it looks like http://host:port");
  }
  const auto credentials = host.size() == proxy.size() ? proxy_credentials(registry) : "";
  selection.cluster.proxy_url = fmt::format("{}://{}{}", scheme, credentials, proxy);
  selection.sources["proxy-url"] = origin(parameter);
}

}  // namespace

void apply_registry(const RegistryUrl& registry, Selection& selection) {
  auto& cluster = selection.cluster;
  cluster.server = registry.server();
  cluster.tls_server_name.clear();
  selection.sources["server"] = "--registry";
  apply_trust(registry, selection);
  apply_certificate(registry, selection);
  apply_authorization(registry, selection);
  apply_proxy(registry, selection);
  selection.http1_only = registry.flag("http2Disable", false);
  if (selection.http1_only) selection.sources["disable-http2"] = origin("http2Disable");
  if (take(registry, "namespace", "namespace", selection.ns, selection) &&
      !core::is_dns_label(selection.ns)) {
    refuse("its namespace is not a valid name");
  }
}

}  // namespace podreg::k8s
