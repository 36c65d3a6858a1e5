// The command line over what was selected, field by field. See connection_resolve.h for the rules.
#pragma once

#include "k8s/connection_selection.h"
#include "k8s/kubeconfig.h"

namespace podreg::k8s {

// Throws Error(usage): flags that exclude each other, or need one that is not there, and a
// namespace that is none.
void apply_flags(const Overrides& flags, Selection& selection);

// Forgets every way to sign in but client certificates.
void forget_authorization(UserEntry& user);

}  // namespace podreg::k8s
