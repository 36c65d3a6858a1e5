// Who asks: the user of a kubeconfig with the command line over it. See connection_resolve.h for
// the rules.
#pragma once

#include <memory>

#include "k8s/connection_selection.h"
#include "k8s/credentials.h"
#include "k8s/impersonation.h"
#include "k8s/kubeconfig.h"

namespace podreg::k8s {

// Whether the command line says who asks, so that the user's exec and auth-provider are not needed.
bool identity_by_flags(const Overrides& overrides);

// Whether the user of the kubeconfig has anything to sign in with.
bool has_credentials(const UserEntry& user);

// Client certificate, and a token, else username and password, else what the plugin answers when
// there is no certificate either; a source of nothing when the user has none of them. Throws what
// resolve_connection throws.
std::shared_ptr<CredentialSource> identify(const Selection& selection, const Overrides& overrides);

// The same over plain http: only what the command line says itself.
std::shared_ptr<CredentialSource> identify_by_flags(const Overrides& overrides);

// As whom. Throws Error(invalid_data), or Error(usage) when the command line alone is at fault.
Impersonation impersonate(const Selection& selection, const Overrides& overrides);

}  // namespace podreg::k8s
