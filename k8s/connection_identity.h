// Who asks, of what was selected. See connection_resolve.h for the rules.
#pragma once

#include <memory>
#include <string>

#include "k8s/connection_selection.h"
#include "k8s/credentials.h"
#include "k8s/exec_plugin.h"
#include "k8s/impersonation.h"
#include "k8s/kubeconfig.h"

namespace podreg::k8s {

// Whether the user has anything to sign in with.
bool has_credentials(const UserEntry& user);

// Whether it takes the exec plugin to sign in: there is one, and nothing else.
bool needs_plugin(const UserEntry& user);

// How a plugin is run, if there is one.
struct PluginSetting {
  ExecCluster cluster;  // what it is told when it has provideClusterInfo
  std::string search_path;
  ExecOptions options;
};

// Client certificate, and a token, else username and password, else what the plugin answers when
// there is no certificate either; a source of nothing when the user has none of them. Throws what
// resolve_connection throws.
std::shared_ptr<CredentialSource> identify(const Selection& selection, const PluginSetting& plugin);

// The user without what a kubeconfig has to sign in with, and without certificates: all that goes
// over plain http is what the command line or the registry URL says itself.
UserEntry without_kubeconfig_credentials(const Selection& selection);

// The kubeconfig that holds a secret of the user, one that is sent, although every user of the
// machine can read it; empty when there is none.
std::string exposed_kubeconfig(const Selection& selection);

// As whom; checked. Throws Error(invalid_data).
Impersonation impersonate(const Selection& selection);

}  // namespace podreg::k8s
