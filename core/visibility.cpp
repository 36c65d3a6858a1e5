#include "core/visibility.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/discovery.h"
#include "core/error.h"

namespace podreg::core {

namespace {

constexpr std::chrono::milliseconds kFirstPause{50};
constexpr std::chrono::milliseconds kLongestPause{1000};

// Why consumers do not see it; empty when they do.
std::string missing(Cluster& cluster, const std::string& ns, const std::string& name) {
  const auto pod = cluster.pod(ns, name);
  if (!pod)
    throw Error(ErrorKind::not_found,
                fmt::format("pod \"{}\" not found in namespace \"{}\"", name, ns));
  const Registrations registered = {{name, Registration::read(pod->annotation)}};
  if (!registered.begin()->second.metadata) return "it is not registered any more";
  std::string reason = "no Service selects it";
  for (const ServiceState& state : cluster.services({ns, {}, EndpointSource::endpoints})) {
    if (!state.service || state.service->selector.empty()) continue;
    if (!matches(state.service->selector, pod->labels)) continue;
    const auto instances = discover(state, registered).instances;
    if (std::ranges::any_of(instances,
                            [&](const Instance& instance) { return instance.pod == name; }))
      return {};
    reason = fmt::format("it is not among the ready addresses of Service \"{}\"", state.name);
  }
  return reason;
}

}  // namespace

void wait_until_visible(Cluster& cluster, Clock& clock, const std::string& ns,
                        const std::string& pod, std::chrono::milliseconds limit) {
  const std::int64_t end = clock.now_milliseconds() + limit.count();
  auto pause = kFirstPause;
  while (true) {
    const std::string reason = missing(cluster, ns, pod);
    if (reason.empty()) return;
    const auto left = std::chrono::milliseconds(end - clock.now_milliseconds());
    if (left.count() <= 0) {
      throw Error(ErrorKind::not_met,
                  fmt::format("pod \"{}\" is not visible to consumers: {}", pod, reason));
    }
    clock.sleep(std::min(pause, left));
    pause = std::min(pause * 2, kLongestPause);
  }
}

}  // namespace podreg::core
