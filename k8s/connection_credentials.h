// The second half of resolving a connection: the server's address, certificates, key and token of
// what was selected, with the command line over it. See connection_resolve.h for the rules.
#pragma once

#include "k8s/connection.h"
#include "k8s/connection_selection.h"
#include "k8s/kubeconfig.h"

namespace podreg::k8s {

// Everything of the connection but its namespace. Throws what resolve_connection throws.
Connection connect(const Selection& selection, const Overrides& overrides);

}  // namespace podreg::k8s
