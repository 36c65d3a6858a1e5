#include "k8s/connection_identity.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "core/error.h"
#include "k8s/connection_pem.h"
#include "k8s/connection_token.h"
#include "k8s/pem.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

namespace {

bool given(const std::optional<std::string>& flag) { return flag && !flag->empty(); }

void set_client_certificate(Credentials& credentials, const Selection& selection,
                            const Overrides& overrides) {
  const auto& user = selection.user;
  const auto certificate =
      pem_setting("client-certificate", overrides.client_certificate, user.client_certificate,
                  user.client_certificate_data, selection.user_owner);
  const auto key = pem_setting("client-key", overrides.client_key, user.client_key,
                               user.client_key_data, selection.user_owner);
  if (!certificate.is_set() && !key.is_set()) return;
  if (!certificate.is_set() || !key.is_set()) {
    const bool by_flags = given(overrides.client_certificate) || given(overrides.client_key);
    const auto* missing = key.is_set() ? "client-certificate" : "client-key";
    throw Error(
        by_flags ? ErrorKind::usage : ErrorKind::invalid_data,
        fmt::format("{} comes without a {}", key.is_set() ? key.what : certificate.what, missing),
        by_flags ? fmt::format("give --{} too", missing) : "a user needs both");
  }
  const auto certificate_pem = load_pem(certificate);
  const auto key_pem = load_pem(key);
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

TokenSetting token_of_user(const Selection& selection) {
  const auto& user = selection.user;
  auto fixed = constant_token(user.token, "token of " + selection.user_owner);
  if (user.token_file.empty()) return fixed;
  return file_token(user.token_file, "tokenFile of " + selection.user_owner, selection.token_hint,
                    user.token);
}

TokenSetting token_of_flags(const Overrides& overrides) {
  if (given(overrides.token)) return constant_token(*overrides.token, "--token");
  if (given(overrides.token_file)) return file_token(*overrides.token_file, "--token-file", {}, {});
  return {};
}

bool basic_by_flags(const Overrides& overrides) {
  return given(overrides.username) || given(overrides.password);
}

bool has_token(const UserEntry& user) { return !user.token.empty() || !user.token_file.empty(); }

bool has_basic(const UserEntry& user) { return !user.username.empty() || !user.password.empty(); }

// Field by field, as client-go merges --username and --password over the user.
void set_basic(Credentials& credentials, const UserEntry& user, const Overrides& overrides) {
  credentials.username = given(overrides.username) ? *overrides.username : user.username;
  credentials.password = given(overrides.password) ? *overrides.password : user.password;
}

void check_flags(const Overrides& overrides) {
  if (given(overrides.token) && given(overrides.token_file)) {
    throw Error(ErrorKind::usage, "--token and --token-file exclude each other");
  }
  if (basic_by_flags(overrides) && (given(overrides.token) || given(overrides.token_file))) {
    throw Error(ErrorKind::usage, "--username and --password exclude a token");
  }
}

// One request has one Authorization header.
void check_user(const Selection& selection) {
  if (!has_token(selection.user) || !has_basic(selection.user)) return;
  throw Error(ErrorKind::invalid_data,
              fmt::format("{} has both a token and a username or password", selection.user_owner),
              "remove one of them");
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

}  // namespace

bool identity_by_flags(const Overrides& overrides) {
  return given(overrides.token) || given(overrides.token_file) || basic_by_flags(overrides) ||
         given(overrides.client_certificate);
}

bool has_credentials(const UserEntry& user) {
  return !user.client_certificate.empty() || !user.client_certificate_data.empty() ||
         has_token(user) || has_basic(user) || user.exec || user.auth_provider;
}

std::shared_ptr<CredentialSource> identify(const Selection& selection, const Overrides& overrides) {
  check_flags(overrides);
  if (!identity_by_flags(overrides)) refuse_auth_provider(selection);
  Credentials credentials;
  set_client_certificate(credentials, selection, overrides);
  auto token = token_of_flags(overrides);
  if (token.is_set()) return fixed(std::move(credentials), std::move(token));
  if (basic_by_flags(overrides)) {
    set_basic(credentials, selection.user, overrides);
    return fixed(std::move(credentials), {});
  }
  check_user(selection);
  set_basic(credentials, selection.user, {});
  token = token_of_user(selection);
  const bool identified =
      token.is_set() || has_basic(selection.user) || !credentials.client_cert_pem.empty();
  if (selection.user.exec && !identified) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("{} has exec, which podreg does not support yet", selection.user_owner),
                "give a token with --token-file, or use a context whose user has a token or a "
                "client certificate");
  }
  return fixed(std::move(credentials), std::move(token));
}

std::shared_ptr<CredentialSource> identify_by_flags(const Overrides& overrides) {
  check_flags(overrides);
  Credentials credentials;
  set_basic(credentials, {}, overrides);
  return fixed(std::move(credentials), token_of_flags(overrides));
}

Impersonation impersonate(const Selection& selection, const Overrides& overrides) {
  auto impersonation = selection.user.impersonation;
  if (given(overrides.as)) impersonation.user = *overrides.as;
  if (given(overrides.as_uid)) impersonation.uid = *overrides.as_uid;
  if (!overrides.as_groups.empty()) impersonation.groups = overrides.as_groups;
  const bool by_flags =
      given(overrides.as) || given(overrides.as_uid) || !overrides.as_groups.empty();
  if (by_flags && impersonation.user.empty()) {
    throw Error(ErrorKind::usage, "--as-group and --as-uid need a user to impersonate",
                "give --as NAME too");
  }
  check_impersonation(impersonation, by_flags ? "the command line" : selection.user_owner);
  return impersonation;
}

}  // namespace podreg::k8s
