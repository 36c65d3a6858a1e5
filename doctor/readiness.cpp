#include "doctor/readiness.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/counted.h"
#include "core/short_text.h"

namespace podreg::doctor {
namespace {

using core::Container;
using core::PodCondition;
using core::PodObject;

const PodCondition* condition(const PodObject& pod, std::string_view type) {
  const auto found = std::ranges::find(pod.conditions, type, &PodCondition::type);
  return found == pod.conditions.end() ? nullptr : &*found;
}

// A readiness gate has a name of its own, mostly with a domain.
const PodCondition* gate(const PodObject& pod) {
  const auto found = std::ranges::find_if(pod.conditions, [](const PodCondition& one) {
    return one.type.find('/') != std::string::npos;
  });
  return found == pod.conditions.end() ? nullptr : &*found;
}

const Container* unready(const PodObject& pod) {
  const auto found = std::ranges::find_if(
      pod.containers, [](const Container& one) { return !one.state.empty() && !one.ready; });
  return found == pod.containers.end() ? nullptr : &*found;
}

std::string why(const Container& container) {
  std::string text;
  if (container.state == "running") {
    text = container.has_readiness_probe
               ? fmt::format("the readiness probe of container \"{}\" does not succeed",
                             container.name)
               : fmt::format("container \"{}\" is running but not ready", container.name);
  } else {
    text = fmt::format("container \"{}\" is {}{}{}", container.name, container.state,
                       container.reason.empty() ? "" : ": ", core::short_text(container.reason));
  }
  if (container.restarts > 0) {
    text += ", after " + core::counted(static_cast<std::size_t>(container.restarts), "restart");
  }
  return text;
}

std::string why(std::string_view what, const PodCondition& condition) {
  std::string text = fmt::format("{} ({})", what, condition.reason);
  if (condition.reason.empty()) text = what;
  if (!condition.message.empty()) text += ": " + core::short_text(condition.message);
  return text;
}

}  // namespace

bool is_known_unready(const PodObject& pod) {
  return !pod.is_ready &&
         (condition(pod, "Ready") != nullptr || unready(pod) != nullptr || pod.phase == "Pending");
}

std::string why_not_ready(const PodObject& pod) {
  if (const auto* scheduled = condition(pod, "PodScheduled"))
    return why("it is not scheduled", *scheduled);
  if (const auto* container = unready(pod)) return why(*container);
  if (const auto* one = gate(pod))
    return why(fmt::format("readiness gate \"{}\" is {}", one->type, one->status), *one);
  if (const auto* ready = condition(pod, "Ready"))
    return why(fmt::format("its condition Ready is {}", ready->status), *ready);
  if (pod.phase == "Pending") return "it is Pending";
  return "the Endpoints say so";
}

std::string readiness_advice(const PodObject& pod) {
  if (condition(pod, "PodScheduled") != nullptr)
    return "see why no node takes it: kubectl describe pod " + pod.name;
  const auto* container = unready(pod);
  if (container == nullptr) return "kubectl describe pod " + pod.name + " says more";
  if (container->state != "running") {
    return fmt::format("kubectl logs {} -c {}{} says why", pod.name, container->name,
                       container->restarts > 0 ? " --previous" : "");
  }
  return container->has_readiness_probe
             ? fmt::format(
                   "see what its readiness probe asks and what answers: kubectl describe "
                   "pod {}",
                   pod.name)
             : "kubectl describe pod " + pod.name + " says more";
}

}  // namespace podreg::doctor
