#include "k8s/connection_credentials.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/error.h"
#include "k8s/connection_file.h"
#include "k8s/connection_server.h"
#include "k8s/connection_token.h"
#include "k8s/connection_unsupported.h"
#include "k8s/pem.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

namespace {

bool given(const std::optional<std::string>& flag) { return flag && !flag->empty(); }

// Where a certificate or key stands; neither path nor base64 when there is none.
struct PemSetting {
  std::string what;
  std::string path;
  std::string base64;

  bool is_set() const { return !path.empty() || !base64.empty(); }
};

struct Pem {
  std::string text;
  std::string what;
};

PemSetting setting(const char* field, const std::optional<std::string>& flag,
                   const std::string& path, const std::string& base64, const std::string& owner) {
  if (given(flag)) return {fmt::format("--{}", field), *flag, {}};
  if (!base64.empty()) return {fmt::format("{}-data of {}", field, owner), {}, base64};
  return {fmt::format("{} of {}", field, owner), path, {}};
}

Pem load(const PemSetting& setting) {
  if (!setting.base64.empty()) return {decode_base64(setting.base64, setting.what), setting.what};
  return {read_connection_file(setting.path, setting.what, kLargestCredential),
          fmt::format("{} ({})", setting.what, setting.path)};
}

void set_trust(Connection& connection, const Selection& selection, const Overrides& overrides) {
  const auto& cluster = selection.cluster;
  const bool by_flags =
      overrides.insecure_skip_tls_verify || given(overrides.certificate_authority);
  const auto ca =
      by_flags ? setting("certificate-authority", overrides.certificate_authority, {}, {}, {})
               : setting("certificate-authority", {}, cluster.certificate_authority,
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
    const auto pem = load(ca);
    check_certificates(pem.text, pem.what);
    connection.ca_pem = pem.text;
  }
  if (given(overrides.tls_server_name)) {
    connection.tls_server_name = *overrides.tls_server_name;
  } else if (!given(overrides.server)) {
    connection.tls_server_name = cluster.tls_server_name;
  }
}

void set_client_certificate(Credentials& credentials, const Selection& selection,
                            const Overrides& overrides) {
  const auto& user = selection.user;
  const auto certificate =
      setting("client-certificate", overrides.client_certificate, user.client_certificate,
              user.client_certificate_data, selection.user_owner);
  const auto key = setting("client-key", overrides.client_key, user.client_key,
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
  const auto certificate_pem = load(certificate);
  const auto key_pem = load(key);
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

bool has_credentials(const UserEntry& user) {
  return !user.client_certificate.empty() || !user.client_certificate_data.empty() ||
         !user.token.empty() || !user.token_file.empty() || !user.unsupported.empty();
}

}  // namespace

Connection connect(const Selection& selection, const Overrides& overrides) {
  if (given(overrides.token) && given(overrides.token_file)) {
    throw Error(ErrorKind::usage, "--token and --token-file exclude each other");
  }
  const bool identity_by_flags =
      given(overrides.token) || given(overrides.token_file) || given(overrides.client_certificate);
  Connection connection;
  connection.origin = selection.origin;
  if (!identity_by_flags) connection.user = selection.user.name;
  const auto server = given(overrides.server)
                          ? resolve_server(*overrides.server, "--server")
                          : resolve_server(selection.cluster.server, selection.cluster_owner);
  connection.server = server.url;
  refuse_proxy(selection);
  refuse_impersonation(selection);
  Credentials credentials;
  auto token = token_of_flags(overrides);
  if (server.tls) {
    if (!identity_by_flags) refuse_unsupported_credentials(selection);
    set_trust(connection, selection, overrides);
    set_client_certificate(credentials, selection, overrides);
    if (!token.is_set()) token = token_of_user(selection);
  } else {
    connection.credentials_unused = has_credentials(selection.user);
  }
  credentials.token = token.text;
  connection.credentials =
      std::make_shared<FixedCredentials>(std::move(credentials), std::move(token.file));
  return connection;
}

}  // namespace podreg::k8s
