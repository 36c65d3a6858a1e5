// Asking as somebody else: what kubectl's --as and a kubeconfig's as, as-uid, as-groups and
// as-user-extra say. The API server then checks that who asks may impersonate.
//
// Format: the Impersonate-* headers of
// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation, as
// client-go sends them (transport.impersonatingRoundTripper).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "k8s/headers.h"

namespace podreg::k8s {

struct Impersonation {
  std::string user;  // empty: nobody is impersonated
  std::string uid;
  std::vector<std::string> groups;
  std::vector<std::pair<std::string, std::vector<std::string>>> extra;  // in order of appearance

  bool is_empty() const { return user.empty() && uid.empty() && groups.empty() && extra.empty(); }
};

// Throws Error(invalid_data) when there is a uid, a group or an extra but no user, and when a value
// cannot be sent in a header as it is: then another identity would be meant than the one that is
// configured. `owner` names where it stands in messages (`user "ann" in FILE`).
void check_impersonation(const Impersonation& impersonation, const std::string& owner);

// Header names and values, in the order in which they are sent; nothing without a user.
Headers impersonation_headers(const Impersonation& impersonation);

}  // namespace podreg::k8s
