// Targets of commands that connect to providers: those of targets.h, and the URLs of providers
// themselves.
#pragma once

#include <string>

#include "cli/targets.h"

namespace podreg::cli {

// Whether it is the URL of a provider ("dubbo://10.0.0.1:20880/com.example.A?version=1.0.0"), not
// that of a consumer.
bool is_provider_url(const std::string& target);

// As resolve_targets() does; a provider's URL is taken as it is, with --version and --group in
// place of its own. For such URLs alone no cluster is asked, unless --via port-forward needs to
// know whose address it is: Error(not_found) when it is no registered pod's.
ResolvedTargets resolve_provider_targets(const TargetOptions& options, Context& context);

}  // namespace podreg::cli
