#include "core/registrar.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/discovery.h"
#include "core/error.h"

namespace podreg::core {

namespace {

constexpr int kAttempts = 10;
// With these, 256 writers of one pod at the same time all came through within six attempts.
constexpr std::chrono::milliseconds kFirstPause{50};
constexpr std::chrono::milliseconds kLongestPause{2000};

// All annotations of an object together, k8s.io/apimachinery/pkg/api/validation:
// TotalAnnotationSizeLimitB.
constexpr std::size_t kAnnotationLimit = std::size_t{256} << 10;

void check_size(const Pod& pod, const std::string& annotation) {
  const std::size_t size =
      annotation.size() + kRegistrationAnnotation.size() + pod.other_annotations_size;
  if (size <= kAnnotationLimit) return;
  throw Error(
      ErrorKind::invalid_data,
      fmt::format("pod \"{}\" would have {} bytes of annotations; Kubernetes takes at most {}",
                  pod.name, size, kAnnotationLimit));
}

// Of what cannot be read there is no revision.
std::string revision_of(const Pod& pod) {
  const Registration registration = Registration::read(pod.annotation);
  return registration.metadata ? std::string(registration.metadata->revision()) : "";
}

bool is_registered(const Pod& pod) { return pod.annotation && !pod.annotation->empty(); }

Warning about(const Pod& pod, WarningCode code, std::string detail = {}) {
  return {code, pod.ns, {}, {}, pod.name, std::move(detail)};
}

// The user's input was checked before, so what is not well formed here was registered like that.
MetadataEntries merged(const Pod& pod, const MetadataEntries& registered,
                       const RegistrationInput& input) {
  try {
    return merged_registration(registered, input);
  } catch (const Error& error) {
    throw Error(error.kind(),
                fmt::format("pod \"{}\" is registered already, and {}", pod.name, error.what()),
                "--unset that key, or --set it to another value");
  }
}

// Which values become other ones because they are written again as strings: `"n", "z" (null)`.
std::string rewritten(const Pod& pod, const Metadata& before, const MetadataEntries& after) {
  std::string keys;
  const auto add = [&](std::string_view key, std::string_view note) {
    keys += fmt::format("{}\"{}\"{}", keys.empty() ? "" : ", ", key, note);
  };
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto entry = before.entry(i);
    if (!entry.is_text && value_of(after, entry.key) == entry.value) add(entry.key, "");
  }
  for (const std::string& key : null_keys(*pod.annotation, before)) {
    if (std::ranges::find(after, key, &MetadataEntries::value_type::first) == after.end())
      add(key, " (null, left out)");
  }
  return keys;
}

// The namespace's Services; nothing when they cannot be had: who may only patch pods is not told,
// and a change that was made has not failed because of what is asked for a warning.
std::optional<std::vector<ServiceState>> services_of(Cluster& cluster, const std::string& ns) {
  try {
    return cluster.services({ns, {}, EndpointSource::endpoints});
  } catch (const Error&) {
    return std::nullopt;
  }
}

// By its selector; of a Service without one, by the targetRefs of its Endpoints.
bool is_of(const ServiceState& state, const Pod& pod) {
  if (!state.service) return false;
  if (!state.service->selector.empty()) return matches(state.service->selector, pod.labels);
  return state.endpoints && names_pod(*state.endpoints, pod.name);
}

}  // namespace

std::string_view to_string(RegistrationAction action) {
  switch (action) {
    case RegistrationAction::registered:
      return "registered";
    case RegistrationAction::updated:
      return "updated";
    case RegistrationAction::unchanged:
      return "unchanged";
    case RegistrationAction::unregistered:
      return "unregistered";
    case RegistrationAction::absent:
      return "absent";
    case RegistrationAction::disabled:
      return "disabled";
  }
  return "";
}

Registrar::Registrar(Cluster& cluster, Clock& clock, std::function<double()> jitter,
                     RegistrarOptions options)
    : cluster_(cluster), clock_(clock), jitter_(std::move(jitter)), options_(std::move(options)) {}

RegistrationResult Registrar::register_pod(const std::string& ns, const std::string& pod,
                                           const RegistrationInput& input) {
  return change(ns, pod, [&](const Pod& /*read*/) {
    return Decision{RegistrationAction::registered, true,
                    new_registration(input, clock_.now_milliseconds())};
  });
}

RegistrationResult Registrar::update_pod(const std::string& ns, const std::string& pod,
                                         const RegistrationInput& input) {
  return change(ns, pod, [&](const Pod& read) {
    if (is_registered(read)) return merge(read, input);
    if (!input.has_content()) {
      return Decision{
          RegistrationAction::absent, false, {}, {about(read, WarningCode::not_registered)}};
    }
    return Decision{RegistrationAction::registered, true,
                    new_registration(input, clock_.now_milliseconds())};
  });
}

Registrar::Decision Registrar::merge(const Pod& read, const RegistrationInput& input) {
  const Registration registration = Registration::read(read.annotation);
  if (!registration.metadata) {
    throw Error(
        ErrorKind::invalid_data,
        fmt::format("pod \"{}\" has an annotation io.dubbo/metadata that is not a JSON object ({})",
                    read.name, registration.error),
        "podreg register writes it anew");
  }
  const auto before = entries_of(*registration.metadata);
  auto after = merged(read, before, input);
  const bool is_stamped = value_of(after, kTimestampKey) != value_of(before, kTimestampKey);
  const bool same = !is_stamped && same_but_for_timestamp(before, after);
  if (same && !options_.refresh_timestamp)
    return Decision{RegistrationAction::unchanged, false, before};
  if (!is_stamped) stamp(after, clock_.now_milliseconds());
  Decision decision{RegistrationAction::updated, true, std::move(after)};
  const auto keys = rewritten(read, *registration.metadata, decision.metadata);
  if (!keys.empty()) decision.warnings.push_back(about(read, WarningCode::values_rewritten, keys));
  return decision;
}

RegistrationResult Registrar::unregister_pod(const std::string& ns, const std::string& pod) {
  return change(ns, pod, [](const Pod& read) {
    return read.annotation ? Decision{RegistrationAction::unregistered, true, {}}
                           : Decision{RegistrationAction::absent, false, {}};
  });
}

RegistrationResult Registrar::change(const std::string& ns, const std::string& name,
                                     const Decide& decide) {
  auto pause = kFirstPause;
  for (int tried = 1;; ++tried) {
    const Pod pod = read(ns, name);
    try {
      return attempt(pod, decide(pod));
    } catch (const Error& error) {
      // With --resource-version there is nothing to read again: any other version is a conflict.
      if (error.kind() != ErrorKind::conflict || !options_.resource_version.empty()) throw;
      if (!options_.overwrite && is_registered(pod)) throw;
      if (tried == kAttempts) {
        throw Error(ErrorKind::conflict, fmt::format("pod \"{}\" in namespace \"{}\" was changed "
                                                     "by somebody else at each of {} attempts",
                                                     name, ns, kAttempts));
      }
    }
    const double share = jitter_() * static_cast<double>(pause.count());
    clock_.sleep(std::chrono::milliseconds(static_cast<long long>(share)));
    pause = std::min(pause * 2, kLongestPause);
  }
}

Pod Registrar::read(const std::string& ns, const std::string& name) {
  auto pod = cluster_.pod(ns, name);
  if (!pod) {
    throw Error(ErrorKind::not_found,
                fmt::format("pod \"{}\" not found in namespace \"{}\"", name, ns));
  }
  if (!options_.resource_version.empty() && pod->resource_version != options_.resource_version) {
    const std::string version = pod->resource_version.empty()
                                    ? "no resourceVersion"
                                    : fmt::format("resourceVersion {}", pod->resource_version);
    throw Error(ErrorKind::conflict,
                fmt::format("pod \"{}\" has {}, not {}", name, version, options_.resource_version));
  }
  return *pod;
}

RegistrationResult Registrar::attempt(const Pod& pod, const Decision& decision) {
  RegistrationResult result{.pod = pod.name,
                            .ns = pod.ns,
                            .action = decision.action,
                            .dry_run = options_.write.dry_run,
                            .resource_version = pod.resource_version,
                            .metadata = decision.metadata,
                            .old_revision = revision_of(pod),
                            .warnings = decision.warnings};
  const bool is_registered_then = decision.action == RegistrationAction::registered ||
                                  decision.action == RegistrationAction::updated ||
                                  decision.action == RegistrationAction::unchanged;
  const bool writes_value = decision.write && is_registered_then;
  if (writes_value && !options_.overwrite && is_registered(pod)) {
    throw Error(
        ErrorKind::conflict,
        fmt::format("pod \"{}\" is registered already, and --overwrite is false", pod.name));
  }
  std::optional<std::string> value;
  if (writes_value) value = to_annotation(decision.metadata);
  if (value) check_size(pod, *value);
  if (decision.write && options_.write.dry_run != DryRun::client) {
    result.resource_version = cluster_.annotate(pod, value, options_.write);
  }
  // After the change: what warnings ask for would only give others time to be faster.
  if (is_registered_then) warn(pod, result);
  return result;
}

void Registrar::warn(const Pod& pod, RegistrationResult& result) {
  const auto say = [&](WarningCode code) { result.warnings.push_back(about(pod, code)); };
  if (value_of(result.metadata, kStorageTypeKey) == "remote")
    say(WarningCode::metadata_storage_remote);
  const auto revision = value_of(result.metadata, kRevisionKey);
  if (revision.empty() || revision == "0") say(WarningCode::no_revision);
  if (pod.terminating) say(WarningCode::pod_terminating);
  if (pod.phase == "Succeeded" || pod.phase == "Failed") say(WarningCode::pod_finished);
  if (!is_selected(pod)) say(WarningCode::pod_without_service);
}

// Whether a Service selects the pod; true when this may not be known.
bool Registrar::is_selected(const Pod& pod) {
  if (!services_.contains(pod.ns)) services_.emplace(pod.ns, services_of(cluster_, pod.ns));
  const auto& services = services_.at(pod.ns);
  return !services || std::ranges::any_of(
                          *services, [&](const ServiceState& state) { return is_of(state, pod); });
}

}  // namespace podreg::core
