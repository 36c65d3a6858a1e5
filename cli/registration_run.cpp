#include "cli/registration_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "cli/context.h"
#include "cli/duration.h"
#include "cli/exit_status.h"
#include "cli/pod_failures.h"
#include "cli/progress.h"
#include "core/counted.h"
#include "core/error.h"
#include "core/label_selector.h"
#include "core/names.h"
#include "core/visibility.h"
#include "k8s/system_clock.h"
#include "output/registration_listing.h"
#include "output/terminal_text.h"

namespace podreg::cli {

namespace {

std::string pod_named(const RegistrationOptions& options, const Context& context) {
  std::string pod = options.pod.empty() ? context.environment().text("HOSTNAME") : options.pod;
  if (pod.empty()) {
    throw core::Error(core::ErrorKind::usage, "no pod is named, and $HOSTNAME is not set",
                      "name the pod, or several with --selector");
  }
  try {
    core::check_pod_name(pod);
  } catch (const core::Error& error) {
    if (!options.pod.empty()) throw;
    throw core::Error(error.kind(), fmt::format("$HOSTNAME: {}", error.what()),
                      "name the pod, or several with --selector");
  }
  return pod;
}

std::vector<std::string> pods_selected(const core::LabelSelector& selector, core::Cluster& cluster,
                                       const std::string& ns) {
  std::vector<std::string> pods;
  cluster.pods({ns, {}, /*with_labels=*/true}, [&](const core::PodView& pod) {
    if (selector.matches(*pod.labels)) pods.emplace_back(pod.name);
  });
  std::ranges::sort(pods);
  return pods;
}

struct Changes {
  std::vector<core::RegistrationResult> results;
  std::vector<core::PodFailure> failures;
};

Changes change_all(const std::vector<std::string>& pods, const std::string& ns,
                   core::Registrar& registrar, const ChangePod& change, Context& context) {
  Changes changes;
  Progress progress(context, "changing pods", "done");
  const auto show = [&] {
    const auto failed = changes.failures.size();
    progress.show(rpc::Tally{pods.size(), changes.results.size() + failed, failed});
  };
  show();
  for (const std::string& pod : pods) {
    try {
      changes.results.push_back(change(registrar, ns, pod));
    } catch (const core::Error& error) {
      if (pods.size() == 1) throw;
      changes.failures.push_back({pod, error});
    }
    show();
  }
  return changes;
}

void say_summary(const Changes& changes, Context& context) {
  if (context.quiet()) return;
  const std::size_t failed = changes.failures.size();
  context.streams().err.write(fmt::format("{} of {} pods done{}.\n", changes.results.size(),
                                          changes.results.size() + failed,
                                          failed ? fmt::format(", {} failed", failed) : ""));
  context.streams().err.flush();
}

std::vector<core::PodFailure> wait_for_all(const std::vector<std::string>& pods,
                                           const std::string& ns,
                                           const RegistrationOptions& options,
                                           core::Cluster& cluster, core::Clock& clock,
                                           Context& context) {
  if (pods.empty()) return {};
  const Progress progress(
      context, fmt::format("waiting until consumers see {}", core::counted(pods.size(), "pod")));
  return core::wait_until_visible(cluster, clock, ns, pods,
                                  parse_duration(options.timeout, "--timeout"));
}

// enableRegister=false in the registry URL makes register and unregister do nothing, as in Dubbo.
int print_disabled(const RegistrationOptions& options, Context& context) {
  std::vector<core::RegistrationResult> results(1);
  results.front().pod = options.selector.empty() ? pod_named(options, context) : "";
  results.front().ns = context.ns_of_command_line();
  results.front().action = core::RegistrationAction::disabled;
  context.printer().print(output::RegistrationListing(std::move(results), {}, ""));
  return kExitDone;
}

// On a snapshot, --dry-run shows the pods as they would stand in the file. False when there is
// nothing to show: no snapshot, another format, or no change.
bool print_previews(const Changes& changes, core::Cluster& cluster, Context& context) {
  if (context.printer().options().format != output::Format::table) return false;
  if (!context.uses_snapshot()) return false;
  std::string text;
  for (const auto& result : changes.results) {
    const bool removes = result.action == core::RegistrationAction::unregistered;
    const bool writes = removes || result.action == core::RegistrationAction::registered ||
                        result.action == core::RegistrationAction::updated;
    if (!writes) continue;
    const auto pod = cluster.pod(result.ns, result.pod);
    if (!pod) continue;
    const auto value = removes ? std::nullopt : std::optional(core::to_annotation(result.metadata));
    const auto preview = context.preview(*pod, value);
    if (!preview) return false;
    if (!text.empty()) text += "---\n";
    text += *preview;
  }
  // As it would stand in the file, but for what a terminal would obey.
  auto& streams = context.streams();
  streams.out.write(streams.out_is_terminal ? output::terminal_lines(text) : text);
  streams.out.flush();
  return !text.empty();
}

void print_changes(Changes changes, std::vector<core::Warning> warnings, core::DryRun dry_run,
                   core::Cluster& cluster, Context& context, std::string nothing_found) {
  if (dry_run == core::DryRun::client && print_previews(changes, cluster, context)) {
    for (auto& result : changes.results)
      std::ranges::move(result.warnings, std::back_inserter(warnings));
    changes.results.clear();
  }
  context.printer().print(output::RegistrationListing(
      std::move(changes.results), std::move(warnings), std::move(nothing_found)));
}

// Those that consumers are to see now.
std::vector<std::string> registered_pods(const Changes& changes) {
  std::vector<std::string> pods;
  for (const auto& result : changes.results) {
    if (result.action != core::RegistrationAction::absent) pods.push_back(result.pod);
  }
  return pods;
}

// What of --metadata is not registered as it was given.
std::vector<core::Warning> warnings_about(const core::RegistrationInput& input) {
  std::vector<core::Warning> warnings;
  for (const std::string& key : input.made_text) {
    warnings.push_back(
        {core::WarningCode::value_made_text, {}, {}, {}, {}, fmt::format("\"{}\"", key)});
  }
  for (const std::string& key : input.left_out) {
    warnings.push_back(
        {core::WarningCode::null_left_out, {}, {}, {}, {}, fmt::format("\"{}\"", key)});
  }
  return warnings;
}

}  // namespace

int change_registrations(const RegistrationOptions& options, Context& context,
                         const ChangePod& change, std::vector<core::Warning> warnings) {
  if (context.registering_disabled()) return print_disabled(options, context);
  const auto settings = registrar_options(options);
  std::optional<core::LabelSelector> selector;
  if (!options.selector.empty()) selector = core::LabelSelector::parse(options.selector);
  const std::string pod = options.selector.empty() ? pod_named(options, context) : "";
  context.allow_writing(settings.write.dry_run, options.in_place, pod);
  core::Cluster& cluster = context.cluster();
  const auto ns = context.ns();
  if (!ns) {
    throw core::Error(core::ErrorKind::usage,
                      "a registration is changed in one namespace, not with --all-namespaces");
  }
  const auto pods = selector ? pods_selected(*selector, cluster, *ns) : std::vector{pod};
  k8s::SystemClock clock;
  core::Registrar registrar(cluster, clock, k8s::random_share, settings);
  auto changes = change_all(pods, *ns, registrar, change, context);
  if (selector && !pods.empty()) say_summary(changes, context);
  const auto to_see = options.wait && settings.write.dry_run == core::DryRun::none
                          ? registered_pods(changes)
                          : std::vector<std::string>{};
  auto failures = changes.failures;
  print_changes(std::move(changes), std::move(warnings), settings.write.dry_run, cluster, context,
                pods.empty()
                    ? fmt::format("No pods found for {} in {}.", options.selector, in_words(ns))
                    : "");
  std::ranges::move(wait_for_all(to_see, *ns, options, cluster, clock, context),
                    std::back_inserter(failures));
  return failures.empty() ? kExitDone : report_failures(failures, context);
}

int change_with_input(const RegistrationOptions& options, Context& context,
                      ChangeWithInput change) {
  const auto input = registration_input(options);
  return change_registrations(
      options, context,
      [&](core::Registrar& registrar, const std::string& ns, const std::string& pod) {
        return (registrar.*change)(ns, pod, input);
      },
      warnings_about(input));
}

}  // namespace podreg::cli
