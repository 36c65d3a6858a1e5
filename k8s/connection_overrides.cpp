#include "k8s/connection_overrides.h"

#include <fmt/format.h>

#include <optional>
#include <string>

#include "core/error.h"
#include "core/names.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

namespace {

bool given(const std::optional<std::string>& flag) { return flag && !flag->empty(); }

// Whether the flag was given, and has been taken.
bool take(const std::optional<std::string>& flag, const char* field, std::string& value,
          Selection& selection) {
  if (!given(flag)) return false;
  value = *flag;
  selection.sources[field] = fmt::format("--{}", field);
  return true;
}

void refuse_together(bool one, bool other, const char* sentence) {
  if (one && other) throw Error(ErrorKind::usage, sentence);
}

void apply_cluster(const Overrides& flags, Selection& selection) {
  auto& cluster = selection.cluster;
  if (take(flags.server, "server", cluster.server, selection)) cluster.tls_server_name.clear();
  take(flags.tls_server_name, "tls-server-name", cluster.tls_server_name, selection);
  take(flags.proxy_url, "proxy-url", cluster.proxy_url, selection);
  if (given(flags.proxy_url)) selection.no_proxy.clear();  // meant for whichever server
  refuse_together(flags.insecure_skip_tls_verify, given(flags.certificate_authority),
                  "--insecure-skip-tls-verify and --certificate-authority exclude each other");
  if (!flags.insecure_skip_tls_verify && !given(flags.certificate_authority)) return;
  cluster.certificate_authority.clear();
  cluster.certificate_authority_data.clear();
  cluster.insecure_skip_tls_verify = flags.insecure_skip_tls_verify;
  selection.sources["insecure-skip-tls-verify"] = "--insecure-skip-tls-verify";
  take(flags.certificate_authority, "certificate-authority", cluster.certificate_authority,
       selection);
}

void apply_certificate(const Overrides& flags, Selection& selection) {
  auto& user = selection.user;
  if (take(flags.client_certificate, "client-certificate", user.client_certificate, selection)) {
    user.client_certificate_data.clear();
    user.exec.reset();
    user.auth_provider.reset();
    selection.identity_replaced = true;
  }
  if (take(flags.client_key, "client-key", user.client_key, selection)) {
    user.client_key_data.clear();
  }
}

// One request has one Authorization header, so each kind drops the others. A user name and a
// password are taken one by one, as client-go merges them over the user.
void apply_authorization(const Overrides& flags, Selection& selection) {
  const bool token = given(flags.token) || given(flags.token_file);
  const bool basic = given(flags.username) || given(flags.password);
  refuse_together(given(flags.token), given(flags.token_file),
                  "--token and --token-file exclude each other");
  refuse_together(basic, token, "--username and --password exclude a token");
  if (!token && !basic) return;
  auto& user = selection.user;
  const auto username = user.username;
  const auto password = user.password;
  forget_authorization(user);
  selection.identity_replaced = true;
  take(flags.token, "token", user.token, selection);
  take(flags.token_file, "token-file", user.token_file, selection);
  if (given(flags.token_file)) selection.token_hint.clear();
  if (!basic) return;
  user.username = username;
  user.password = password;
  take(flags.username, "username", user.username, selection);
  take(flags.password, "password", user.password, selection);
}

void apply_impersonation(const Overrides& flags, Selection& selection) {
  auto& as = selection.user.impersonation;
  const bool user = take(flags.as, "as", as.user, selection);
  const bool uid = take(flags.as_uid, "as-uid", as.uid, selection);
  const bool groups = !flags.as_groups.empty();
  if (groups) {
    as.groups = flags.as_groups;
    selection.sources["as-groups"] = "--as-group";
  }
  if ((user || uid || groups) && as.user.empty()) {
    throw Error(ErrorKind::usage, "--as-group and --as-uid need a user to impersonate",
                "give --as NAME too");
  }
}

}  // namespace

void forget_authorization(UserEntry& user) {
  user.token.clear();
  user.token_file.clear();
  user.username.clear();
  user.password.clear();
  user.exec.reset();
  user.auth_provider.reset();
}

void apply_flags(const Overrides& flags, Selection& selection) {
  apply_cluster(flags, selection);
  apply_certificate(flags, selection);
  apply_authorization(flags, selection);
  apply_impersonation(flags, selection);
  if (take(flags.ns, "namespace", selection.ns, selection)) core::check_namespace(selection.ns);
}

}  // namespace podreg::k8s
