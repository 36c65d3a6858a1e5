#include "core/wait_condition.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "core/counted.h"
#include "core/error.h"
#include "core/nearest.h"

namespace podreg::core {
namespace {

constexpr std::size_t kPodsNamed = 5;

constexpr std::array kForms = {
    ConditionForm{"instances=", "there are exactly so many instances"},
    ConditionForm{"instances>=", "there are at least so many instances"},
    ConditionForm{"revision=", "all instances are of this revision"},
    ConditionForm{"interface=", "a registered revision provides it"},
    ConditionForm{"no-warnings", "nothing is left out of the instances"},
    ConditionForm{"ready", "every pod of the selector is an instance"},
    ConditionForm{"delete", "the Service does not exist"},
};

std::size_t parse_count(std::string_view number, std::string_view text) {
  std::size_t count = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), count);
  if (error == std::errc{} && end == number.data() + number.size()) return count;
  throw Error(ErrorKind::usage, fmt::format("\"{}\" in \"{}\" is not a number", number, text));
}

// `pod "a" is not ready, pod "b" is not registered and 3 more`.
std::string enumerated(const std::vector<std::string>& texts) {
  const auto shown = std::min(texts.size(), kPodsNamed);
  std::string all =
      fmt::format("{}", fmt::join(texts.begin(), texts.begin() + static_cast<long>(shown), ", "));
  if (texts.size() > shown) all += fmt::format(" and {} more", texts.size() - shown);
  return all;
}

// Why a consumer does not see the pod; the whole sentences are those of core/warning.cpp.
std::string_view reason_of(const Discovery& discovery, const std::string& pod) {
  for (const Warning& warning : discovery.warnings) {
    if (warning.pod != pod) continue;
    switch (warning.code) {
      case WarningCode::address_not_ready:
        return "is not ready";
      case WarningCode::pod_without_metadata:
        return "is not registered";
      case WarningCode::invalid_metadata:
        return "has metadata that cannot be read";
      default:
        break;
    }
  }
  return "is not among the addresses";
}

// One text for each pod of a selector that is no instance, those that are terminating left out.
std::vector<std::string> pods_left_out(const RegistryPicture& picture) {
  std::vector<std::string> left_out;
  for (const ServicePicture& service : picture) {
    std::set<std::string_view> seen;
    for (const Instance& instance : service.discovery.instances) seen.insert(instance.pod);
    for (const SelectedPod& pod : service.pods) {
      if (pod.terminating || seen.contains(pod.name)) continue;
      left_out.push_back(
          fmt::format("pod \"{}\" {}", pod.name, reason_of(service.discovery, pod.name)));
    }
  }
  return left_out;
}

std::string missing_service(const std::string& service) {
  return fmt::format("there is no Service \"{}\"", service);
}

std::string missing_readiness(const RegistryPicture& picture, const std::string& service) {
  if (!exists(picture, service)) return missing_service(service);
  const auto left_out = pods_left_out(picture);
  if (!left_out.empty()) return enumerated(left_out);
  const bool has_pod = std::ranges::any_of(
      picture, [](const ServicePicture& one) { return !one.discovery.instances.empty(); });
  return has_pod ? "" : "the selector has no pod";
}

std::string present_warnings(const RegistryPicture& picture, const std::string& service) {
  const auto messages = grouped_messages(warnings_of(picture));
  if (!messages.empty()) return fmt::format("{}", fmt::join(messages, "; "));
  return exists(picture, service) ? "" : missing_service(service);
}

// Of "intances=3" it is "did you mean instances=3?".
std::string hint_about(std::string_view text) {
  std::vector<std::string_view> forms;
  for (const auto& form : kForms) forms.push_back(form.text);
  const auto sign = std::min(text.find('='), text.size());
  const auto word = text.substr(0, sign + 1);
  if (const auto near = nearest(word, forms)) {
    const auto value = near->ends_with('=') ? text.substr(word.size()) : std::string_view();
    return fmt::format("did you mean {}{}?", *near, value);
  }
  return "there are instances=N, instances>=N, revision=R, interface=NAME, no-warnings, delete, "
         "ready";
}

}  // namespace

std::span<const ConditionForm> condition_forms() { return kForms; }

WaitCondition WaitCondition::parse(std::string_view text) {
  WaitCondition condition;
  condition.text_ = text;
  const auto takes = [&](std::string_view prefix, Kind kind) {
    if (!text.starts_with(prefix) || text.size() == prefix.size()) return false;
    condition.kind_ = kind;
    condition.name_ = text.substr(prefix.size());
    return true;
  };
  const auto is = [&](std::string_view word, Kind kind) {
    condition.kind_ = kind;
    return text == word;
  };
  if (takes("instances=", Kind::instances) || takes("instances>=", Kind::at_least)) {
    condition.count_ = parse_count(condition.name_, text);
    return condition;
  }
  if (takes("revision=", Kind::revision) || takes("interface=", Kind::interface) ||
      is("no-warnings", Kind::no_warnings) || is("delete", Kind::deleted) ||
      is("ready", Kind::ready)) {
    return condition;
  }
  throw Error(ErrorKind::usage, fmt::format("\"{}\" is no condition", text), hint_about(text));
}

std::string WaitCondition::missing(const RegistryPicture& picture, const std::string& service,
                                   const ProvidedInterfaces& provided) const {
  switch (kind_) {
    case Kind::instances:
    case Kind::at_least:
      return missing_instances(picture);
    case Kind::revision:
      return missing_revision(picture);
    case Kind::interface:
      return missing_interface(provided);
    case Kind::no_warnings:
      return present_warnings(picture, service);
    case Kind::deleted:
      return exists(picture, service) ? fmt::format("Service \"{}\" exists", service) : "";
    case Kind::ready:
      return missing_readiness(picture, service);
  }
  return {};
}

std::string WaitCondition::missing_instances(const RegistryPicture& picture) const {
  std::size_t count = 0;
  for (const ServicePicture& service : picture) count += service.discovery.instances.size();
  if (count == count_ || (kind_ == Kind::at_least && count > count_)) return {};
  std::string text =
      fmt::format("there {} {}", count == 1 ? "is" : "are", counted(count, "instance"));
  const auto left_out = pods_left_out(picture);
  if (count < count_ && !left_out.empty()) text += ", " + enumerated(left_out);
  return text;
}

std::string WaitCondition::missing_revision(const RegistryPicture& picture) const {
  const auto instances = instances_of(picture);
  if (instances.empty()) return "there are no instances";
  std::map<std::string, std::string> others;  // pods and their revisions
  for (const Instance& instance : instances) {
    const auto revision = instance.metadata->revision();
    if (!revision.starts_with(name_)) others.emplace(instance.pod, revision);
  }
  std::vector<std::string> texts;
  texts.reserve(others.size());
  for (const auto& [pod, revision] : others) {
    texts.push_back(revision.empty() ? fmt::format("pod \"{}\" has none", pod)
                                     : fmt::format("pod \"{}\" has {}", pod, revision));
  }
  return enumerated(texts);
}

std::string WaitCondition::missing_interface(const ProvidedInterfaces& provided) const {
  if (provided.names.contains(name_)) return {};
  std::string text = provided.names.empty()
                         ? std::string("no interface is provided")
                         : fmt::format("{} provided: {}",
                                       provided.names.size() == 1 ? "only this is" : "these are",
                                       enumerated({provided.names.begin(), provided.names.end()}));
  if (!provided.unanswered.empty()) {
    text +=
        fmt::format(", and nobody answers for the revision{} {}",
                    provided.unanswered.size() == 1 ? "" : "s", enumerated(provided.unanswered));
  }
  return text;
}

}  // namespace podreg::core
