#include "cli/targets.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <set>
#include <span>
#include <tuple>
#include <utility>

#include "cli/context.h"
#include "cli/service_instances.h"
#include "cli/usage.h"
#include "core/names.h"
#include "core/service_url.h"

namespace podreg::cli {
namespace {

// One target, and the applications in which it is looked for.
struct Target {
  std::string text;          // as it was given
  core::ServiceMatch match;  // without interface: a Service
  core::Mapping mapping;

  bool is_service() const { return match.interface.empty(); }

  // Whether the mapping is the cluster's own.
  bool in_cluster() const {
    return !is_service() && mapping.source == core::MappingSource::cluster;
  }
};

Target service_target(const std::string& name, const core::ServiceMatch& match) {
  core::check_service_name(name);
  Target target{name, match, {}};
  core::Provider provider;
  provider.application = name;
  target.mapping.providers.push_back(std::move(provider));
  return target;
}

Target interface_target(const std::string& text, const core::ServiceMatch& flags,
                        InterfaceResolver& resolver) {
  const auto query = query_of(text, flags);
  return {text, query.match, resolver.resolve(query)};
}

// Nothing has the protocol ",".
void check_protocols(const std::string& list) {
  if (list.empty() || list.find_first_not_of(", ") != std::string::npos) return;
  throw core::Error(core::ErrorKind::usage,
                    fmt::format("--protocol: \"{}\" names no protocol", list),
                    "for example --protocol dubbo,tri; without it all are shown");
}

// What is known of the instances and revisions of some of the targets.
struct Known {
  const std::vector<core::Instance>& instances;
  core::MetadataByRevision metadata;
};

Known known_of(const Registry& registry) {
  return {registry.discovery.instances, core::by_revision(registry.metadata.revisions)};
}

class UrlCollector {
 public:
  void add(const Target& target, const Known& known) {
    std::vector<core::Instance> instances;
    std::ranges::copy_if(known.instances, std::back_inserter(instances),
                         [&](const core::Instance& instance) {
                           return target.mapping.names(instance.ns, instance.service_name);
                         });
    auto derived = core::derive_urls(instances, known.metadata, target.match);
    if (derived.empty()) warn(target, instances, known.metadata);
    for (auto& url : derived) {
      if (seen_.emplace(url.ns, url.pod, url.url.to_string()).second) {
        urls.push_back(std::move(url));
      }
    }
  }

  std::vector<core::DerivedUrl> urls;
  std::vector<core::Warning> warnings;

 private:
  // Where the filter leaves nothing of what there is.
  void warn(const Target& target, const std::vector<core::Instance>& instances,
            const core::MetadataByRevision& metadata) {
    const auto there = core::variants_of(instances, metadata, target.match.interface);
    if (there.empty()) return;
    core::Warning warning{
        core::WarningCode::nothing_matches, {}, core::without_secrets(target.text), {}, {}, {}};
    const auto shown = std::span(there).first(std::min<std::size_t>(there.size(), 3));
    warning.detail = fmt::format("{}", fmt::join(shown, "; "));
    if (there.size() > shown.size()) {
      warning.detail += fmt::format("; and {} more", there.size() - shown.size());
    }
    warnings.push_back(std::move(warning));
  }

  std::set<std::tuple<std::string, std::string, std::string>> seen_;
};

// Resolves the targets one after the other, so that the URLs come in their order.
class Resolution {
 public:
  Resolution(const TargetOptions& options, Context& context)
      : context_(context),
        file_given_(!options.reach.metadata_file.empty()),
        resolver_(options.mapping, options.reach, context) {
    check_target_options(options);
    for (const auto& text : options.targets) {
      targets_.push_back(names_interface(text) ? interface_target(text, options.match, resolver_)
                                               : service_target(text, options.match));
    }
  }

  ResolvedTargets run() {
    result_.warnings = resolver_.warnings_about_sources();
    ask_services();
    ask_registered();
    unanswered_ = core::nobody_answered(revisions_, file_given_);
    result_.urls = collect_urls();
    note_missing_interfaces();
    result_.nothing_found = nothing_found();
    note_missing_services();
    if (!result_.missing) result_.missing = unanswered_;
    result_.reach = resolver_.reach();
    return std::move(result_);
  }

 private:
  // What a source says may be no name of a Service: then nothing is registered under it, and a
  // warning says so.
  std::vector<std::string> named_services() const {
    std::vector<std::string> names;
    for (const auto& target : targets_) {
      if (target.in_cluster()) continue;
      std::ranges::copy_if(target.mapping.applications(), std::back_inserter(names),
                           &core::is_dns_label);
    }
    return names;
  }

  // Steps 3 and 4 for the Services that the command line or a source names.
  void ask_services() {
    if (std::ranges::all_of(targets_, &Target::in_cluster)) return;
    services_ = instances_of(named_services(), context_);
    const auto groups = core::group_by_revision(services_.discovery.instances);
    asked_ = resolver_.reach()->metadata_of(groups);
    revisions_ = asked_.revisions;
    std::ranges::copy(services_.discovery.warnings, std::back_inserter(result_.warnings));
    std::ranges::move(core::skipped_instances(services_.discovery.instances),
                      std::back_inserter(result_.warnings));
    std::ranges::copy(asked_.warnings, std::back_inserter(result_.warnings));
    warn_of_stale_sources();
  }

  void warn_of_stale_sources() {
    if (std::ranges::all_of(targets_, &Target::is_service)) return;
    const core::ProviderIndex providers(services_.discovery.instances, asked_.revisions);
    for (const auto& target : targets_) {
      if (target.is_service() || target.in_cluster()) continue;
      auto mapping = target.mapping;
      providers.complete(mapping);
      std::ranges::copy(providers.differences(mapping), std::back_inserter(result_.warnings));
    }
  }

  // The same for those that provide an interface as the cluster has it: the cache on disk serves
  // only to find them.
  void ask_registered() {
    std::vector<core::Mapping> mappings;
    for (const auto& target : targets_) {
      if (target.in_cluster()) mappings.push_back(target.mapping);
    }
    if (mappings.empty()) return;
    resolver_.ask_providers(mappings);
    for (const auto& revision : resolver_.registry().metadata.revisions) {
      const auto& group = revision.group;
      if (core::any_names(mappings, group.ns, group.application)) revisions_.push_back(revision);
    }
    std::ranges::copy(resolver_.warnings_about(mappings), std::back_inserter(result_.warnings));
  }

  std::vector<core::DerivedUrl> collect_urls() {
    UrlCollector collector;
    const Known asked{services_.discovery.instances, core::by_revision(asked_.revisions)};
    std::optional<Known> registered;
    for (const auto& target : targets_) {
      if (target.in_cluster() && !registered) registered.emplace(known_of(resolver_.registry()));
      collector.add(target, target.in_cluster() ? *registered : asked);
    }
    std::ranges::move(collector.warnings, std::back_inserter(result_.warnings));
    return std::move(collector.urls);
  }

  std::string nothing_found() const {
    const bool only_services = std::ranges::none_of(targets_, &Target::in_cluster);
    const bool named = !services_.services.empty();
    if (only_services && named && services_.discovery.instances.empty()) {
      return no_instances(services_, context_);
    }
    return result_.missing || unanswered_ ? std::string() : std::string("No URLs found.");
  }

  void note_missing_interfaces() {
    std::vector<std::string> interfaces;
    for (const auto& target : targets_) {
      const auto& name = target.match.interface;
      if (!target.in_cluster() || !target.mapping.providers.empty()) continue;
      if (std::ranges::find(interfaces, name) == interfaces.end()) interfaces.push_back(name);
    }
    if (!interfaces.empty()) result_.missing = resolver_.not_found(interfaces);
  }

  // Together with the interfaces, in one error.
  void note_missing_services() {
    try {
      check_existence(services_, context_);
    } catch (const core::Error& error) {
      const auto interfaces = std::exchange(result_.missing, error);
      if (!interfaces) return;
      result_.missing.emplace(
          error.kind(), fmt::format("{}; {}", error.what(), interfaces->what()),
          fmt::format("{}{} {}", error.hint(), error.hint().ends_with('?') ? "" : ";",
                      interfaces->hint()));
    }
  }

  Context& context_;
  bool file_given_;
  InterfaceResolver resolver_;
  std::vector<Target> targets_;
  ServiceInstances services_;
  core::MetadataGathering asked_;
  std::vector<core::RevisionMetadata> revisions_;  // of the applications of all targets
  std::optional<core::Error> unanswered_;          // when of none of them anybody answered
  ResolvedTargets result_;
};

}  // namespace

bool names_interface(const std::string& target) {
  return target.find_first_of(".:%") != std::string::npos;
}

core::InterfaceQuery query_of(const std::string& target, const core::ServiceMatch& flags) {
  auto query = core::InterfaceQuery::parse(target);
  if (flags.version != core::kAny) query.match.version = flags.version;
  if (flags.group != core::kAny) query.match.group = flags.group;
  if (!flags.protocol.empty()) query.match.protocol = flags.protocol;
  return query;
}

void check_target_options(const TargetOptions& options) {
  check_protocols(options.match.protocol);
  if (std::ranges::none_of(options.targets, names_interface)) {
    refuse_mapping_flags(options.mapping);
  }
}

void declare_target_options(CLI::App& app, TargetOptions& options) {
  constexpr const char* kGroup = "Filter, as a consumer has it";
  may_be_empty(app.add_option("--version", options.match.version,
                              "Version: empty matches none, * all (the default), a comma list any "
                              "of its members"))
      ->group(kGroup)
      ->type_name("LIST");
  may_be_empty(app.add_option("--group", options.match.group, "Group, in the same way"))
      ->group(kGroup)
      ->type_name("LIST");
  may_be_empty(app.add_option("--protocol", options.match.protocol,
                              "Protocol, or a comma list; empty or *, the default, match all"))
      ->group(kGroup)
      ->type_name("PROTOCOL,…");
  declare_mapping_sources(app, options.mapping);
  declare_reach(app, options.reach);
}

ResolvedTargets resolve_targets(const TargetOptions& options, Context& context) {
  return Resolution(options, context).run();
}

}  // namespace podreg::cli
