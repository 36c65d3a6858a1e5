// podreg urls: step 4 of the registry, what a consumer would call.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "cli/reach.h"
#include "cli/service_instances.h"
#include "core/ascii.h"
#include "core/error.h"
#include "core/names.h"
#include "core/url_derivation.h"
#include "output/url_listing.h"

namespace podreg::cli {

namespace {

struct UrlsOptions {
  std::vector<std::string> targets;
  std::string provided_by;
  core::ServiceMatch match;
  ReachOptions reach;
};

// What is asked for: applications, and interfaces of them (none: every interface).
struct Wanted {
  std::vector<std::string> applications;
  std::vector<std::string> interfaces;
};

// An interface's name is qualified by a package, which no Service's name can be.
bool is_interface(const std::string& target) { return target.find('.') != std::string::npos; }

// As Dubbo splits provided-by: at commas, trimmed, without what is empty.
std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin <= list.size();) {
    const auto end = std::min(list.find(',', begin), list.size());
    const auto name = core::trimmed(std::string_view(list).substr(begin, end - begin), " \t");
    if (!name.empty()) names.emplace_back(name);
    begin = end + 1;
  }
  std::ranges::sort(names);
  return names;
}

Wanted wanted_of(const UrlsOptions& options) {
  Wanted wanted;
  for (const auto& target : options.targets) {
    (is_interface(target) ? wanted.interfaces : wanted.applications).push_back(target);
  }
  auto provided_by = split(options.provided_by);
  std::ranges::move(provided_by, std::back_inserter(wanted.applications));
  if (wanted.applications.empty()) {
    throw core::Error(
        core::ErrorKind::usage,
        fmt::format("which application provides {} is not known", wanted.interfaces.front()),
        "name it with --provided-by, as the consumer's configuration does");
  }
  return wanted;
}

// The URLs of all interfaces that are asked for.
std::vector<core::DerivedUrl> derive(const std::vector<core::Instance>& instances,
                                     const core::MetadataByRevision& metadata,
                                     const UrlsOptions& options, const Wanted& wanted) {
  if (wanted.interfaces.empty()) return core::derive_urls(instances, metadata, options.match);
  std::vector<core::DerivedUrl> urls;
  for (const auto& interface : wanted.interfaces) {
    auto match = options.match;
    match.interface = interface;
    auto more = core::derive_urls(instances, metadata, match);
    std::ranges::move(more, std::back_inserter(urls));
  }
  return urls;
}

int run(const UrlsOptions& options, Context& context) {
  const auto wanted = wanted_of(options);
  auto found = instances_of(wanted.applications, context);
  auto metadata =
      Reach(options.reach, context).metadata_of(core::group_by_revision(found.discovery.instances));
  core::put_first(metadata.warnings, std::move(found.discovery.warnings));
  auto urls =
      derive(found.discovery.instances, core::by_revision(metadata.revisions), options, wanted);
  const auto nothing = found.discovery.instances.empty() ? no_instances(found, context)
                                                         : std::string("No URLs found.");
  context.printer().print(
      output::UrlListing(std::move(urls), std::move(metadata.warnings), nothing));
  check_existence(found, context);
  return kExitDone;
}

}  // namespace

Run declare_urls(CLI::App& app) {
  auto options = std::make_shared<UrlsOptions>();
  app.add_option("SERVICE|INTERFACE", options->targets,
                 "Service (the application's name), or interface with --provided-by")
      ->required();
  app.add_option("--provided-by", options->provided_by,
                 "Applications that provide the interfaces, with commas between them")
      ->type_name("LIST");
  constexpr const char* kGroup = "Filter, as a consumer has it";
  app.add_option(
         "--version", options->match.version,
         "Version: empty matches none, * all (the default), a comma list any of its members")
      ->group(kGroup)
      ->type_name("LIST")
      ->expected(0, 1);  // an empty text is one that matches
  app.add_option("--group", options->match.group, "Group, in the same way")
      ->group(kGroup)
      ->type_name("LIST")
      ->expected(0, 1);
  app.add_option("--protocol", options->match.protocol, "Protocol, or a comma list; default all")
      ->group(kGroup)
      ->type_name("LIST");
  declare_reach(app, options->reach);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace podreg::cli
