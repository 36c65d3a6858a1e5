#include "k8s/connection_unsupported.h"

#include <fmt/format.h>

#include <string>

#include "core/error.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

namespace {

Error refused(const std::string& owner, const std::string& field, const std::string& hint) {
  return {ErrorKind::invalid_data,
          fmt::format("{} has {}, which podreg does not support yet", owner, field), hint};
}

bool is_impersonation(const std::string& field) {
  return field == "as" || field.starts_with("as-");
}

bool has_static_credentials(const UserEntry& user) {
  return !user.token.empty() || !user.token_file.empty() || !user.client_certificate.empty() ||
         !user.client_certificate_data.empty();
}

std::string remedy(const std::string& field) {
  if (field == "exec") {
    return "give a token with --token-file, or use a context whose user has a token or a client "
           "certificate";
  }
  if (field == "auth-provider") {
    return "auth-provider is gone from Kubernetes, exec plugins replace it; until podreg runs "
           "them, "
           "give a token with --token-file";
  }
  return "API servers have no basic authentication since Kubernetes 1.19; use a token or a client "
         "certificate";
}

}  // namespace

void refuse_proxy(const Selection& selection) {
  if (selection.cluster.proxy_url.empty()) return;
  throw refused(selection.cluster_owner, "proxy-url",
                "remove it and set the environment variable https_proxy instead");
}

void refuse_impersonation(const Selection& selection) {
  for (const auto& field : selection.user.unsupported) {
    if (!is_impersonation(field)) continue;
    throw refused(selection.user_owner, field,
                  "--user or --context names one that impersonates nobody");
  }
}

void refuse_unsupported_credentials(const Selection& selection) {
  for (const auto& field : selection.user.unsupported) {
    if (is_impersonation(field)) continue;
    if (field == "exec" && has_static_credentials(selection.user)) continue;
    throw refused(selection.user_owner, field, remedy(field));
  }
}

}  // namespace podreg::k8s
