#include "cli/interface_resolver.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <utility>

#include "cli/cache_folder.h"
#include "cli/context.h"
#include "cli/input_text.h"
#include "cli/request_log.h"
#include "core/gather.h"
#include "core/mapping_cache_file.h"
#include "rpc/metadata_cache.h"

namespace podreg::cli {

using core::Error;
using core::ErrorKind;

namespace {

core::MappingCache read_cache_file(const std::string& path) {
  if (path.empty()) return {};
  try {
    return core::parse_mapping_cache(text_of(path.starts_with('@') ? path : "@" + path));
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("--cache-file {}: {}", path, error.what()), error.hint());
  }
}

std::vector<std::string> applications_of(const std::string& list, const char* where) {
  auto applications = core::parse_applications(list);
  if (applications.empty() && !list.empty()) {
    throw Error(ErrorKind::usage, fmt::format("{}: \"{}\" names no application", where, list));
  }
  return applications;
}

core::StatedSources stated_sources(const MappingOptions& options, const Context& context) {
  core::StatedSources stated;
  stated.provided_by = applications_of(options.provided_by, "--provided-by");
  stated.cache = read_cache_file(options.cache_file);
  stated.subscribed_services =
      options.subscribed_services.empty()
          ? applications_of(context.registry_parameter("subscribed-services"),
                            "subscribed-services of --registry")
          : applications_of(options.subscribed_services, "--subscribed-services");
  return stated;
}

}  // namespace

void declare_mapping_sources(CLI::App& app, MappingOptions& options) {
  constexpr const char* kGroup = "Who provides an interface";
  app.add_option("--provided-by", options.provided_by,
                 "Applications that provide it, with commas between them, as a consumer has them")
      ->group(kGroup)
      ->type_name("LIST");
  app.add_option("--cache-file", options.cache_file,
                 "A consumer's own cache, ~/.dubbo/.mapping.APPLICATION.dubbo.cache")
      ->group(kGroup)
      ->type_name("FILE");
  app.add_option("--subscribed-services", options.subscribed_services,
                 "Applications of every interface that the others do not know; default: what "
                 "--registry has")
      ->group(kGroup)
      ->type_name("LIST");
  app.add_flag("--no-cache", options.no_cache,
               "Ask the providers also for what is in $XDG_CACHE_HOME/podreg, and keep nothing")
      ->group(kGroup);
}

InterfaceResolver::InterfaceResolver(const MappingOptions& mapping, const ReachOptions& reach,
                                     Context& context)
    : mapping_(mapping),
      reach_options_(reach),
      context_(context),
      stated_(stated_sources(mapping, context)) {}

std::shared_ptr<Reach> InterfaceResolver::reach() {
  if (!reach_) reach_ = std::make_shared<Reach>(reach_options_, context_);
  return reach_;
}

const Registry& InterfaceResolver::registry() {
  if (registry_) return *registry_;
  core::Cluster& cluster = context_.cluster();
  auto discovery = core::gather_all_instances(
      cluster, {context_.ns(), std::nullopt, context_.endpoint_source()});
  auto metadata = gather_metadata(core::group_by_revision(discovery.instances));
  core::ProviderIndex providers(discovery.instances, metadata.revisions);
  registry_ = std::make_unique<Registry>(
      Registry{std::move(discovery), std::move(metadata), std::move(providers)});
  return *registry_;
}

core::MetadataGathering InterfaceResolver::gather_metadata(
    const std::vector<core::RevisionGroup>& groups) {
  const auto folder = cache_folder(context_.environment());
  if (mapping_.no_cache || !folder) return reach()->metadata_of(groups);
  rpc::MetadataCache cache(*folder + "/metadata");
  auto metadata = reach()->metadata_of(groups, &cache);
  if (!context_.verbose()) return metadata;
  const auto cached =
      std::ranges::count(metadata.revisions, "cache", &core::RevisionMetadata::source);
  show_note(fmt::format("{} of {} revisions from {}/metadata", cached, groups.size(), *folder),
            context_.streams().err);
  if (!cache.trouble().empty()) {
    show_note("nothing is kept there: " + cache.trouble(), context_.streams().err);
  }
  return metadata;
}

core::Mapping InterfaceResolver::resolve(const core::InterfaceQuery& query) {
  auto stated = stated_.of(query);
  return stated.empty() ? registry().providers.find(query.match.interface)
                        : std::move(stated.front());
}

std::vector<core::Warning> InterfaceResolver::warnings_about(
    const std::vector<core::Mapping>& mappings) {
  if (!registry_) return {};
  const auto concerns = [&](const core::Warning& warning) {
    return mappings.empty() || std::ranges::any_of(mappings, [&](const core::Mapping& mapping) {
             return mapping.names(warning.ns, warning.service);
           });
  };
  std::vector<core::Warning> warnings;
  std::ranges::copy_if(registry_->discovery.warnings, std::back_inserter(warnings), concerns);
  std::ranges::copy(registry_->metadata.warnings, std::back_inserter(warnings));
  return warnings;
}

Error InterfaceResolver::not_found(const std::string& interface) {
  if (auto nobody = core::nobody_answered(registry().metadata.revisions)) {
    return *std::move(nobody);
  }
  const auto& providers = registry().providers;
  std::string who;
  if (!mapping_.cache_file.empty())
    who = fmt::format("{} does not have it, and ", mapping_.cache_file);
  who += providers.applications() == 0
             ? "no application is registered"
             : fmt::format("none of the {} registered applications provides it",
                           providers.applications());
  if (providers.unanswered() != 0) {
    who += fmt::format(", but of {} revisions nobody answered", providers.unanswered());
  }
  const auto similar = providers.similar(interface);
  return {
      ErrorKind::not_found,
      fmt::format("interface \"{}\" not found in {}: {}", interface, in_words(context_.ns()), who),
      similar.empty() ? std::string("podreg mapping lists the interfaces there are")
                      : fmt::format("is it {}?", fmt::join(similar, ", or "))};
}

}  // namespace podreg::cli
