// What a registry URL says about the connection, as overrides of kubeconfig and ServiceAccount,
// which it falls back to as Dubbo does.
#pragma once

#include "core/registry_url.h"
#include "k8s/kubeconfig.h"

namespace podreg::cli {

// The flags of the command line are in `flags` and win. Throws Error(usage) for a parameter of the
// connection that podreg cannot use yet; those that tune Dubbo's own client are ignored.
k8s::Overrides with_registry(const core::RegistryUrl& registry, k8s::Overrides flags);

}  // namespace podreg::cli
