// Step 2 of the registry on a command line: which applications provide an interface.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/reach.h"
#include "core/discovery.h"
#include "core/error.h"
#include "core/mapping.h"
#include "core/provider_index.h"
#include "core/revision_metadata.h"

namespace podreg::cli {

struct MappingOptions {
  std::string provided_by;
  std::string subscribed_services;
  std::string cache_file;
  bool no_cache = false;
};

void declare_mapping_sources(CLI::App& app, MappingOptions& options);

// A flag that says who provides an interface is a mistake where none is named: throws Error(usage).
void refuse_mapping_flags(const MappingOptions& options);

// Everything that is registered, and what it exports.
struct Registry {
  core::Discovery discovery;
  core::MetadataGathering metadata;
  core::ProviderIndex providers;
};

class InterfaceResolver {
 public:
  // All must outlive it. Throws what reading --cache-file throws.
  InterfaceResolver(const MappingOptions& mapping, const ReachOptions& reach, Context& context);

  // Gathered when it is first asked for, with the MetadataInfo of revisions from the cache on disk
  // as far as that has them. Throws what the cluster and Reach throw.
  const Registry& registry();

  // Where registry() has revisions of these applications from the cache on disk, asks their
  // providers, as a consumer does: afterwards registry() has what they answered, or that they did
  // not. To be called after registry().
  void ask_providers(const std::vector<core::Mapping>& mappings);

  // How pods are reached; made when it is first asked for, to be called after Context::cluster().
  std::shared_ptr<Reach> reach();

  // The sources that need no cluster.
  const core::StatedSources& stated() const { return stated_; }

  // What the first source that knows the interface says; no providers when none does.
  core::Mapping resolve(const core::InterfaceQuery& query);

  // About those of the sources that need no cluster that could not be read; a consumer goes on
  // without them.
  std::vector<core::Warning> warnings_about_sources() const;

  // The warnings about the registry, as far as that was asked for: of step 3 those about these
  // applications; those of step 4 all, because who did not answer may be a provider.
  std::vector<core::Warning> warnings_about(const std::vector<core::Mapping>& mappings) const;

  // The warnings about all that is registered, in the same way.
  std::vector<core::Warning> all_warnings() const;

  // That nobody provides these interfaces: which sources were asked, which of them failed and why,
  // and what there is instead. When no provider at all answered, that: then it is not known. Throws
  // what registry() throws.
  core::Error not_found(const std::vector<std::string>& interfaces);

 private:
  std::string cluster_in_words();
  void warn_of_faults(core::MetadataGathering& metadata) const;
  core::MetadataGathering gather_metadata(std::vector<core::RevisionGroup> groups);

  const MappingOptions& mapping_;
  const ReachOptions& reach_options_;
  Context& context_;
  core::StatedSources stated_;
  std::string cache_file_failure_;  // why --cache-file cannot be read; empty when it can
  std::shared_ptr<Reach> reach_;
  std::unique_ptr<Registry> registry_;
};

}  // namespace podreg::cli
