// What a kubeconfig may ask for and podreg cannot do yet. Each function throws Error(invalid_data)
// that names the cluster or user, the field and what to do; going on without the field would be
// another identity, or another way, than the one that is configured.
#pragma once

#include "k8s/connection_selection.h"

namespace podreg::k8s {

void refuse_proxy(const Selection& selection);

// as, as-uid, as-groups, as-user-extra.
void refuse_impersonation(const Selection& selection);

// username, password, auth-provider; exec unless there is a token or a client certificate, beside
// which client-go does not run it either.
void refuse_unsupported_credentials(const Selection& selection);

}  // namespace podreg::k8s
