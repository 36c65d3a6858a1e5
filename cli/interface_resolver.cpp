#include "cli/interface_resolver.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "cli/cache_folder.h"
#include "cli/context.h"
#include "cli/flag_groups.h"
#include "cli/input_text.h"
#include "cli/request_log.h"
#include "core/gather.h"
#include "core/mapping_cache_file.h"
#include "core/mapping_report.h"
#include "core/nearest_interface.h"
#include "core/quoted.h"
#include "core/registration_faults.h"
#include "rpc/metadata_cache.h"

namespace podreg::cli {

using core::Error;
using core::ErrorKind;

namespace {

// Names the flag.
std::string read_cache_file(const std::string& path) {
  if (path.empty()) return {};
  try {
    return text_of_file(path);
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
  stated.subscribed_services =
      options.subscribed_services.empty()
          ? applications_of(context.registry_parameter("subscribed-services"),
                            "subscribed-services of --registry")
          : applications_of(options.subscribed_services, "--subscribed-services");
  return stated;
}

std::string revisions_in_words(std::size_t count) {
  return count == 1 ? "1 revision" : fmt::format("{} revisions", count);
}

bool is_cached(const core::RevisionMetadata& revision) {
  return revision.source == core::kFromCache;
}

}  // namespace

void declare_mapping_sources(CLI::App& app, MappingOptions& options) {
  constexpr const char* kGroup = kProvidersGroup;
  app.add_option("--provided-by", options.provided_by,
                 "Applications that provide it, with commas between them, as a consumer has them")
      ->group(kGroup)
      ->type_name("SERVICE,…");
  app.add_option("--cache-file", options.cache_file,
                 "A consumer's own cache, ~/.dubbo/.mapping.APPLICATION.dubbo.cache")
      ->group(kGroup)
      ->type_name("FILE");
  app.add_option("--subscribed-services", options.subscribed_services,
                 "Applications of every interface that the others do not know; default: what "
                 "--registry has")
      ->group(kGroup)
      ->type_name("SERVICE,…");
  app.add_flag("--no-cache", options.no_cache,
               "Ask the providers also for what is in $XDG_CACHE_HOME/podreg, and keep nothing")
      ->group(kGroup);
}

void refuse_mapping_flags(const MappingOptions& options) {
  const auto refuse = [](const char* flag) {
    throw Error(ErrorKind::usage, fmt::format("{} is about an interface, and none is named", flag),
                "a Service is the application itself; an interface has its package, such as "
                "com.example.OrderService");
  };
  if (!options.provided_by.empty()) refuse("--provided-by");
  if (!options.subscribed_services.empty()) refuse("--subscribed-services");
  if (!options.cache_file.empty()) refuse("--cache-file");
  if (options.no_cache) refuse("--no-cache");
}

InterfaceResolver::InterfaceResolver(const MappingOptions& mapping, const ReachOptions& reach,
                                     Context& context)
    : mapping_(mapping),
      reach_options_(reach),
      context_(context),
      stated_(stated_sources(mapping, context)) {
  const auto cache = read_cache_file(mapping.cache_file);
  try {
    stated_.cache = core::parse_mapping_cache(cache);
  } catch (const Error& error) {
    cache_file_failure_ = error.what();
  }
}

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
  std::ranges::move(core::skipped_instances(discovery.instances),
                    std::back_inserter(discovery.warnings));
  core::ProviderIndex providers(discovery.instances, metadata.revisions);
  registry_ = std::make_unique<Registry>(
      Registry{std::move(discovery), std::move(metadata), std::move(providers)});
  return *registry_;
}

core::MetadataGathering InterfaceResolver::gather_metadata(
    std::vector<core::RevisionGroup> groups) {
  const auto folder = metadata_cache_folder(context_.environment());
  if (mapping_.no_cache || !folder) return reach()->metadata_of(std::move(groups));
  rpc::MetadataCache cache(*folder);
  auto metadata = reach()->metadata_of(std::move(groups), &cache);
  warn_of_faults(metadata);
  if (!context_.verbose()) return metadata;
  const auto cached = std::ranges::count_if(metadata.revisions, &is_cached);
  show_note(fmt::format("{} of {} revisions from {}", cached, metadata.revisions.size(), *folder),
            context_.streams().err);
  if (!cache.trouble().empty()) {
    show_note("nothing is kept there: " + cache.trouble(), context_.streams().err);
  }
  return metadata;
}

void InterfaceResolver::warn_of_faults(core::MetadataGathering& metadata) const {
  const auto port = reach_options_.metadata_port;
  core::RegistrationFaults faults(port == 0 ? std::nullopt : std::optional(port),
                                  reach_options_.allow_foreign_hosts);
  for (const auto& revision : metadata.revisions) {
    if (!is_cached(revision)) continue;
    std::ranges::move(faults.of(revision.group), std::back_inserter(metadata.warnings));
  }
}

void InterfaceResolver::ask_providers(const std::vector<core::Mapping>& mappings) {
  const auto& revisions = registry_->metadata.revisions;
  std::set<std::pair<std::string, std::string>> cached;
  for (const auto& revision : revisions) {
    const auto& group = revision.group;
    if (is_cached(revision) && core::any_names(mappings, group.ns, group.application))
      cached.emplace(group.ns, group.application);
  }
  std::vector<core::RevisionGroup> groups;
  for (const auto& revision : revisions) {
    if (cached.contains({revision.group.ns, revision.group.application})) {
      groups.push_back(revision.group);
    }
  }
  if (groups.empty()) return;
  core::replace(registry_->metadata, reach()->metadata_of(std::move(groups)));
}

core::Mapping InterfaceResolver::resolve(const core::InterfaceQuery& query) {
  auto stated = stated_.of(query);
  return stated.empty() ? registry().providers.find(query.match.interface)
                        : std::move(stated.front());
}

std::vector<core::Warning> InterfaceResolver::warnings_about_sources() const {
  if (cache_file_failure_.empty()) return {};
  core::Warning warning{core::WarningCode::mapping_source_failed, {}, {}, {}, {}, {}};
  warning.detail =
      fmt::format("cache file {} cannot be read: {}", mapping_.cache_file, cache_file_failure_);
  return {warning};
}

std::vector<core::Warning> InterfaceResolver::warnings_about(
    const std::vector<core::Mapping>& mappings) const {
  if (!registry_) return {};
  auto warnings = registry_->discovery.warnings;
  std::erase_if(warnings, [&](const core::Warning& warning) {
    return !core::any_names(mappings, warning.ns, warning.service);
  });
  std::ranges::copy(registry_->metadata.warnings, std::back_inserter(warnings));
  return warnings;
}

std::vector<core::Warning> InterfaceResolver::all_warnings() const {
  if (!registry_) return {};
  auto warnings = registry_->metadata.warnings;
  core::put_first(warnings, registry_->discovery.warnings);
  return warnings;
}

// What the cluster knows where it does not know an interface.
std::string InterfaceResolver::cluster_in_words() {
  const auto applications = registry().providers.applications();
  if (applications == 0) return "no application is registered";
  auto words = applications == 1 ? std::string("the one registered application does not provide it")
                                 : fmt::format("none of the {} registered applications provides it",
                                               applications);
  std::size_t unanswered = 0;
  std::size_t remote = 0;  // of those nobody is asked
  const core::RevisionMetadata* first = nullptr;
  for (const auto& revision : registry().metadata.revisions) {
    if (revision.info) continue;
    if (!revision.failure) ++remote;
    if (revision.failure && unanswered++ == 0) first = &revision;
  }
  if (first != nullptr) {
    words += fmt::format(", but of {} nobody answered ({}revision {} of {}: {})",
                         revisions_in_words(unanswered),
                         unanswered == 1 ? "" : "the first: ", first->group.revision,
                         first->group.application, core::message(*first->failure));
  }
  if (remote != 0) {
    words +=
        fmt::format(", and the MetadataInfo of {} is in a metadata center, which was not asked",
                    revisions_in_words(remote));
  }
  return words;
}

// The sources in Dubbo's order. provided-by and subscribed-services answer for every interface, so
// whoever did not find one has not given them.
Error InterfaceResolver::not_found(const std::vector<std::string>& interfaces) {
  if (auto nobody = core::nobody_answered(registry().metadata.revisions,
                                          !reach_options_.metadata_file.empty())) {
    return *std::move(nobody);
  }
  const auto cluster = cluster_in_words();
  std::string cache = "no cache file is given";
  if (!mapping_.cache_file.empty()) {
    cache = cache_file_failure_.empty()
                ? fmt::format("cache file {} does not have it", mapping_.cache_file)
                : fmt::format("cache file {} cannot be read ({})", mapping_.cache_file,
                              cache_file_failure_);
  }
  const auto known = core::known_interfaces(stated_, registry().providers);
  std::vector<std::string> similar;
  for (const auto& interface : interfaces) {
    for (auto& name : core::nearest_interfaces(interface, known)) {
      if (std::ranges::find(similar, name) == similar.end()) similar.push_back(std::move(name));
    }
  }
  return {ErrorKind::not_found,
          fmt::format("interface{} {} not found in {}: provided-by is not given; {}; "
                      "subscribed-services is not given; cluster: {}",
                      interfaces.size() == 1 ? "" : "s", core::quoted(interfaces),
                      in_words(context_.ns()), cache, cluster),
          similar.empty() ? std::string("podreg mapping lists the interfaces there are")
                          : fmt::format("is it {}?", fmt::join(similar, ", or "))};
}

}  // namespace podreg::cli
