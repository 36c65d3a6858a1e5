#include "k8s/connection_settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/evp.h>

#include <array>
#include <memory>
#include <new>
#include <utility>

#include "core/error.h"
#include "k8s/connection_identity.h"
#include "k8s/connection_pem.h"
#include "k8s/connection_server.h"
#include "k8s/proxy_url.h"

namespace podreg::k8s {

namespace {

std::string sha256_of(const std::string& text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw std::bad_alloc();
  }
  return fmt::format("{:02x}", fmt::join(digest.data(), digest.data() + size, ""));
}

class Settings {
 public:
  explicit Settings(const Selection& selection) : selection_(selection) {}

  void add(const char* name, std::string value) {
    add_from(name, std::move(value), selection_.source(name));
  }
  void add_from(const char* name, std::string value, std::string source) {
    if (!value.empty()) all_.push_back({name, std::move(value), std::move(source), {}, {}});
  }

  void add_secret(const char* name, const std::string& value) {
    if (!value.empty()) add(name, std::string(core::kMasked));
  }

  void add_flag(const char* name, bool value) {
    if (value) add(name, "true");
  }

  // A certificate; of a key nothing is shown but that there is one.
  void add_pem(const char* name, const std::string& path, const std::string& base64,
               bool secret = false) {
    const auto pem = pem_setting(selection_, name, path, base64);
    if (!pem.is_set()) return;
    add(name, secret         ? std::string(core::kMasked)
              : path.empty() ? fmt::format("{}-data", name)
                             : path);
    try {
      const auto text = load_pem(pem).text;
      if (!secret) all_.back().sha256 = sha256_of(text);
    } catch (const core::Error& error) {
      all_.back().error = error.what();
    }
  }

  std::vector<core::Setting> take() { return std::move(all_); }

 private:
  const Selection& selection_;
  std::vector<core::Setting> all_;
};

// The server as it is used; as it stands there when it cannot be used.
std::string server_text(const Selection& selection, bool& tls) {
  try {
    const auto server = resolve_server(selection.cluster.server, selection.source("server"));
    tls = server.tls;
    return server.url;
  } catch (const core::Error&) {
    const auto& server = selection.cluster.server;
    return without_credentials(server.substr(0, server.find_first_of("?#")));
  }
}

void add_trust(Settings& settings, const ClusterEntry& cluster) {
  settings.add_pem("certificate-authority", cluster.certificate_authority,
                   cluster.certificate_authority_data);
  settings.add_flag("insecure-skip-tls-verify", cluster.insecure_skip_tls_verify);
  settings.add("tls-server-name", cluster.tls_server_name);
}

void add_identity(Settings& settings, const UserEntry& user) {
  settings.add_pem("client-certificate", user.client_certificate, user.client_certificate_data);
  settings.add_pem("client-key", user.client_key, user.client_key_data, /*secret=*/true);
  settings.add_secret("token", user.token);
  settings.add("token-file", user.token_file);
  settings.add("username", user.username);
  settings.add_secret("password", user.password);
  if (needs_plugin(user)) settings.add("exec", user.exec->command);
}

void add_impersonation(Settings& settings, const Impersonation& as) {
  settings.add("as", as.user);
  settings.add("as-uid", as.uid);
  settings.add("as-groups", fmt::format("{}", fmt::join(as.groups, ",")));
  std::vector<std::string> extra;
  for (const auto& [key, values] : as.extra) {
    extra.push_back(fmt::format("{}={}", key, fmt::join(values, ",")));
  }
  settings.add("as-user-extra", fmt::format("{}", fmt::join(extra, ";")));
}

}  // namespace

std::vector<core::Setting> settings_of(const Selection& selection) {
  const auto& cluster = selection.cluster;
  Settings settings(selection);
  settings.add("context", selection.context);
  settings.add("cluster", cluster.name);
  settings.add("user", selection.user.name);
  bool tls = true;
  settings.add("server", server_text(selection, tls));
  settings.add("namespace", selection.ns);
  if (tls) add_trust(settings, cluster);
  settings.add("proxy-url", without_credentials(cluster.proxy_url));
  settings.add("no-proxy", selection.no_proxy);
  settings.add_flag("disable-http2", selection.http1_only);
  settings.add_flag("disable-compression", cluster.disable_compression);
  add_identity(settings, tls ? selection.user : without_kubeconfig_credentials(selection));
  settings.add_secret("client-key-passphrase", selection.client_key_passphrase);
  add_impersonation(settings, selection.user.impersonation);
  settings.add_from("kubeconfig", fmt::format("{}", fmt::join(selection.files, ":")),
                    selection.files_named_by.empty() ? "default" : selection.files_named_by);
  return settings.take();
}

}  // namespace podreg::k8s
