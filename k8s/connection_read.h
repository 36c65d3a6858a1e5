// The second half of resolving a connection: the server's address, certificates, key and token of
// what was selected. See connection_resolve.h for the rules.
#pragma once

#include "k8s/connection.h"
#include "k8s/connection_selection.h"
#include "k8s/environment.h"
#include "k8s/exec_plugin.h"

namespace podreg::k8s {

// Reads the files that it needs, and connects to nothing. Throws what resolve_connection throws.
Connection read_connection(Selection selection, const Environment& environment,
                           const ExecOptions& exec);

}  // namespace podreg::k8s
