// What commands are told to look at: Services, interfaces, URLs of consumers; and the URLs that a
// consumer would call there.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/interface_resolver.h"
#include "cli/reach.h"
#include "core/error.h"
#include "core/url_derivation.h"
#include "core/warning.h"

namespace podreg::cli {

struct TargetOptions {
  std::vector<std::string> targets;
  core::ServiceMatch match;
  MappingOptions mapping;
  ReachOptions reach;
};

// Whether it is an interface, with its package, or the URL of a consumer; a Service's name has
// neither '.' nor ':' nor '%'.
bool names_interface(const std::string& target);

// The interface or URL of a consumer; what the flags say wins. Throws Error(usage).
core::InterfaceQuery query_of(const std::string& target, const core::ServiceMatch& flags);

// Throws Error(usage) for a --protocol that names none, and for --provided-by and its like where no
// target is an interface.
void check_target_options(const TargetOptions& options);

// --version, --group and --protocol, --provided-by and its like, and how pods are reached; not the
// targets themselves.
void declare_target_options(CLI::App& app, TargetOptions& options);

struct ResolvedTargets {
  std::vector<core::DerivedUrl> urls;  // in the order of the targets, each URL of a pod once
  std::vector<core::Warning> warnings;
  std::string nothing_found;           // the sentence for no URLs; empty: nothing is to be said
  std::optional<core::Error> missing;  // to be thrown when the rest has been printed
  std::shared_ptr<Reach> reach;        // how the pods are reached; never null
};

// Steps 2 to 4 of the registry for each target. A Service has all its interfaces; an interface
// those applications that the first source names; --version, --group and --protocol win over what
// the URL of a consumer says. Services are asked for their MetadataInfo; only to find who
// provides an interface, where nobody says it, the cache on disk serves. Throws Error(usage) for a
// target that is not well formed, and what the cluster and Reach throw.
ResolvedTargets resolve_targets(const TargetOptions& options, Context& context);

}  // namespace podreg::cli
