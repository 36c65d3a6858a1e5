#include "k8s/connection_identity.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "core/error.h"
#include "k8s/connection_file.h"
#include "k8s/connection_pem.h"
#include "k8s/connection_token.h"
#include "k8s/pem.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

namespace {

void set_client_certificate(Credentials& credentials, const Selection& selection) {
  const auto& user = selection.user;
  const auto certificate = pem_setting(selection, "client-certificate", user.client_certificate,
                                       user.client_certificate_data);
  const auto key = pem_setting(selection, "client-key", user.client_key, user.client_key_data);
  if (!certificate.is_set() && !key.is_set()) return;
  if (!certificate.is_set() || !key.is_set()) {
    const bool replaced =
        selection.is_replaced("client-certificate") || selection.is_replaced("client-key");
    const auto* missing = key.is_set() ? "client-certificate" : "client-key";
    throw Error(
        replaced ? ErrorKind::usage : ErrorKind::invalid_data,
        fmt::format("{} comes without a {}", key.is_set() ? key.what : certificate.what, missing),
        replaced ? fmt::format("give --{} too", missing) : "a user needs both");
  }
  const auto certificate_pem = load_pem(certificate);
  auto key_pem = load_pem(key);
  if (!selection.client_key_passphrase.empty()) {
    key_pem.text = decrypt_key(key_pem.text, selection.client_key_passphrase, key_pem.what);
  }
  check_key_pair(certificate_pem.text, certificate_pem.what, key_pem.text, key_pem.what);
  credentials.client_cert_pem = certificate_pem.text;
  credentials.client_key_pem = key_pem.text;
}

// Where a token comes from; neither when there is none.
struct TokenSetting {
  std::string text;
  std::shared_ptr<TokenFile> file;

  bool is_set() const { return !text.empty() || file; }
};

TokenSetting constant_token(const std::string& token, const std::string& what) {
  check_token_text(token, what);
  return {token, nullptr};
}

TokenSetting file_token(const std::string& path, const std::string& what, const std::string& hint,
                        const std::string& fallback) {
  auto file = std::make_shared<TokenFile>(path, what, hint, fallback);
  file->token();  // so that a fault shows now, not in the middle
  return {{}, std::move(file)};
}

TokenSetting token_of(const Selection& selection) {
  const auto& user = selection.user;
  auto fixed = constant_token(user.token, selection.what("token"));
  if (user.token_file.empty()) return fixed;
  return file_token(user.token_file, selection.what("token-file"), selection.token_hint,
                    user.token);
}

bool has_certificate(const UserEntry& user) {
  return !user.client_certificate.empty() || !user.client_certificate_data.empty();
}

bool has_token(const UserEntry& user) { return !user.token.empty() || !user.token_file.empty(); }

bool has_basic(const UserEntry& user) { return !user.username.empty() || !user.password.empty(); }

// One request has one Authorization header.
void check_user(const Selection& selection) {
  if (has_token(selection.user) && has_basic(selection.user)) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("{} has both a token and a username or password", selection.user_owner),
                "remove one of them");
  }
  if (selection.user.username.empty() && !selection.user.password.empty()) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("{} has a password without a username", selection.user_owner),
                "--username gives one");  // kubectl would ask for it
  }
}

std::string replacement(const std::string& auth_provider) {
  if (auth_provider == "gcp") return "gke-gcloud-auth-plugin";
  if (auth_provider == "azure") return "kubelogin";
  if (auth_provider == "oidc") return "kubectl oidc-login";
  return "the one of the cluster's provider";
}

void refuse_auth_provider(const Selection& selection) {
  const auto& name = selection.user.auth_provider;
  if (!name) return;
  throw Error(ErrorKind::invalid_data,
              fmt::format("{} has the auth-provider \"{}\"; Kubernetes has replaced those by exec "
                          "plugins",
                          selection.user_owner, *name),
              fmt::format("configure an exec plugin ({}), or give a token with --token-file",
                          replacement(*name)));
}

std::shared_ptr<CredentialSource> fixed(Credentials credentials, TokenSetting token) {
  credentials.token = std::move(token.text);
  return std::make_shared<FixedCredentials>(std::move(credentials), std::move(token.file));
}

std::shared_ptr<CredentialSource> run_plugin(const Selection& selection,
                                             const PluginSetting& plugin) {
  const auto& exec = *selection.user.exec;
  check_exec(exec, selection.user_owner);
  std::optional<ExecCluster> cluster;
  if (exec.provide_cluster_info) cluster = plugin.cluster;
  return std::make_shared<ExecPlugin>(exec, std::move(cluster), selection.user_owner,
                                      plugin.search_path, plugin.options);
}

}  // namespace

bool has_credentials(const UserEntry& user) {
  return has_certificate(user) || has_token(user) || has_basic(user) || user.exec ||
         user.auth_provider;
}

bool needs_plugin(const UserEntry& user) {
  return user.exec && !has_certificate(user) && !has_token(user) && !has_basic(user);
}

std::shared_ptr<CredentialSource> identify(const Selection& selection,
                                           const PluginSetting& plugin) {
  refuse_auth_provider(selection);
  check_user(selection);
  Credentials credentials;
  set_client_certificate(credentials, selection);
  credentials.username = selection.user.username;
  credentials.password = selection.user.password;
  auto token = token_of(selection);
  if (needs_plugin(selection.user)) return run_plugin(selection, plugin);
  return fixed(std::move(credentials), std::move(token));
}

std::string exposed_kubeconfig(const Selection& selection) {
  const auto& user = selection.user;
  const auto is_in_file = [&](const std::string& secret, const char* field) {
    return !secret.empty() && !selection.is_replaced(field);
  };
  const bool has_secret = is_in_file(user.client_key_data, "client-key") ||
                          is_in_file(user.token, "token") || is_in_file(user.password, "password");
  return has_secret && readable_by_everybody(user.file) ? user.file : "";
}

UserEntry without_kubeconfig_credentials(const Selection& selection) {
  const auto& user = selection.user;
  UserEntry kept;
  kept.name = user.name;
  kept.impersonation = user.impersonation;
  if (selection.is_replaced("token")) kept.token = user.token;
  if (selection.is_replaced("token-file")) kept.token_file = user.token_file;
  if (selection.is_replaced("username")) kept.username = user.username;
  if (selection.is_replaced("password")) kept.password = user.password;
  return kept;
}

Impersonation impersonate(const Selection& selection) {
  const bool replaced = selection.is_replaced("as") || selection.is_replaced("as-uid") ||
                        selection.is_replaced("as-groups");
  check_impersonation(selection.user.impersonation,
                      replaced ? "the command line" : selection.user_owner);
  return selection.user.impersonation;
}

}  // namespace podreg::k8s
