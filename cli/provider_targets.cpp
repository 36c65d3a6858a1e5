#include "cli/provider_targets.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "cli/context.h"
#include "core/gather.h"

namespace podreg::cli {
namespace {

using core::DerivedUrl;
using core::Error;
using core::ErrorKind;

DerivedUrl derived_from(const std::string& text, const core::ServiceMatch& flags) {
  DerivedUrl derived;
  try {
    derived.url = core::ServiceUrl::parse(text);
  } catch (const Error& error) {
    throw Error(ErrorKind::usage, error.what(), error.hint());
  }
  const auto& url = derived.url;
  if (url.port == 0) {
    throw Error(ErrorKind::usage, fmt::format("\"{}\" has no port", core::without_secrets(text)),
                "podreg urls SERVICE -o url prints URLs that have");
  }
  const auto interface = url.param("interface");
  derived.interface = interface.empty() ? url.path : interface;
  derived.group = flags.group == core::kAny ? url.param("group") : flags.group;
  derived.version = flags.version == core::kAny ? url.param("version") : flags.version;
  derived.application = url.param("application");
  return derived;
}

// Whose addresses they are.
void find_pods(std::vector<DerivedUrl>& urls, Context& context) {
  const auto registered = core::gather_all_instances(
      context.cluster(), {context.ns(), std::nullopt, context.endpoint_source()});
  for (auto& url : urls) {
    const auto found = std::ranges::find(registered.instances, url.url.host, &core::Instance::host);
    if (found == registered.instances.end()) {
      throw Error(ErrorKind::not_found,
                  fmt::format("{} is the address of no registered pod in {}", url.url.host,
                              in_words(context.ns())),
                  "a port-forward needs the pod's name; --via direct does without");
    }
    url.ns = found->ns;
    url.pod = found->pod;
  }
}

}  // namespace

bool is_provider_url(const std::string& target) {
  return target.find("://") != std::string::npos && !target.starts_with("consumer://");
}

ResolvedTargets resolve_provider_targets(const TargetOptions& options, Context& context) {
  std::vector<DerivedUrl> urls;
  auto others = options;
  std::erase_if(others.targets, [&](const std::string& target) {
    if (!is_provider_url(target)) return false;
    urls.push_back(derived_from(target, options.match));
    return true;
  });
  if (urls.empty()) return resolve_targets(options, context);
  const bool forwards =
      options.reach.via == "port-forward" ||
      (!others.targets.empty() && options.reach.via == "auto" && options.reach.connect.empty());
  if (forwards && !context.uses_snapshot()) find_pods(urls, context);
  ResolvedTargets resolved;
  if (others.targets.empty()) {
    // Whoever gives the URL wants it to be connected to, and a snapshot has no part in that.
    auto reach = options.reach;
    if (context.uses_snapshot() && reach.via == "auto") reach.via = "direct";
    resolved.reach = std::make_shared<Reach>(reach, context);
  } else {
    resolved = resolve_targets(others, context);
    std::ranges::move(resolved.urls, std::back_inserter(urls));
  }
  resolved.urls = std::move(urls);
  return resolved;
}

}  // namespace podreg::cli
