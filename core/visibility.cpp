#include "core/visibility.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "core/discovery.h"
#include "core/error.h"

namespace podreg::core {

namespace {

constexpr std::chrono::milliseconds kFirstPause{50};
constexpr std::chrono::milliseconds kLongestPause{1000};

// Why consumers do not see it; empty when they do.
std::string missing(const std::vector<ServiceState>& services, const Pod& pod) {
  const Registrations registered = {{pod.name, Registration::read(pod.annotation)}};
  if (!registered.begin()->second.metadata) return "it is not registered any more";
  std::string reason = "no Service selects it";
  for (const ServiceState& state : services) {
    if (!state.service || !matches(state.service->selector, pod.labels)) continue;
    const auto instances = discover(state, registered).instances;
    if (std::ranges::any_of(instances,
                            [&](const Instance& instance) { return instance.pod == pod.name; }))
      return {};
    if (state.service->selector.empty()) continue;  // one of many that it need not be of
    reason = fmt::format("it is not among the ready addresses of Service \"{}\"", state.name);
  }
  return reason;
}

// Nothing when consumers see it.
std::optional<Error> failure(Cluster& cluster, const std::vector<ServiceState>& services,
                             const std::string& ns, const std::string& name) {
  const auto pod = cluster.pod(ns, name);
  if (!pod) {
    return Error(ErrorKind::not_found,
                 fmt::format("pod \"{}\" not found in namespace \"{}\"", name, ns));
  }
  const std::string reason = missing(services, *pod);
  if (reason.empty()) return std::nullopt;
  return Error(ErrorKind::not_met,
               fmt::format("pod \"{}\" is not visible to consumers: {}", name, reason));
}

}  // namespace

std::vector<PodFailure> wait_until_visible(Cluster& cluster, Clock& clock, const std::string& ns,
                                           const std::vector<std::string>& pods,
                                           std::chrono::milliseconds limit) {
  const std::int64_t end = clock.steady_milliseconds() + limit.count();
  auto pause = kFirstPause;
  std::vector<std::string> awaited = pods;
  std::vector<PodFailure> gone;
  while (true) {
    const auto services = cluster.services({ns, {}, EndpointSource::endpoints});
    std::vector<PodFailure> invisible;
    for (const std::string& name : awaited) {
      auto error = failure(cluster, services, ns, name);
      if (!error) continue;
      auto& failures = error->kind() == ErrorKind::not_found ? gone : invisible;
      failures.push_back({name, *std::move(error)});
    }
    const auto left = std::chrono::milliseconds(end - clock.steady_milliseconds());
    if (invisible.empty() || left.count() <= 0) {
      std::ranges::move(invisible, std::back_inserter(gone));
      return gone;
    }
    awaited.clear();
    for (const PodFailure& one : invisible) awaited.push_back(one.pod);
    clock.sleep(std::min(pause, left));
    pause = std::min(pause * 2, kLongestPause);
  }
}

}  // namespace podreg::core
