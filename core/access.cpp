#include "core/access.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <utility>

namespace podreg::core {

namespace {

enum class Scope { any, one_namespace, all_namespaces };

struct Need {
  std::string_view verb;
  std::string_view resource;
  std::string_view group = {};
  Scope scope = Scope::any;
};
using Needs = std::span<const Need>;

constexpr std::string_view kDiscovery = "discovery.k8s.io";

// Of all namespaces an object is found by listing.
constexpr std::array kReadingInstances = {
    Need{"get", "services", "", Scope::one_namespace},
    Need{"list", "services", "", Scope::all_namespaces},
    Need{"get", "endpoints", "", Scope::one_namespace},
    Need{"list", "endpoints", "", Scope::all_namespaces},
    Need{"list", "endpointslices", kDiscovery},
    Need{"list", "pods"},
};

// For pod/NAME the Services are found whose Endpoints name it.
constexpr std::array kReadingMetadata = {
    Need{"get", "services", "", Scope::one_namespace},
    Need{"list", "services"},
    Need{"get", "endpoints", "", Scope::one_namespace},
    Need{"list", "endpoints"},
    Need{"list", "endpointslices", kDiscovery},
    Need{"get", "pods"},
    Need{"list", "pods"},
};

// For whoever has no route to pods. Kubernetes before 1.35 is content with "get".
constexpr std::array kReachingPods = {
    Need{"create", "pods/portforward"},
    Need{"get", "pods/portforward"},
};

// Pods are listed for --selector.
constexpr std::array kChangingPods = {
    Need{"get", "pods"},
    Need{"list", "pods"},
    Need{"patch", "pods"},
};

// To say whether a consumer will see the pod, and for --wait.
constexpr std::array kSeeingAsConsumer = {
    Need{"list", "services"},
    Need{"list", "endpoints"},
};

constexpr std::array kListingServices = {
    Need{"list", "services"},
    Need{"list", "endpoints"},
    Need{"list", "endpointslices", kDiscovery},
    Need{"list", "pods"},
};

// Whose interface nobody names an application for is looked for among all Services; the rest of it
// is that of kReadingInstances.
constexpr std::array kLookingForInterfaces = {
    Need{"list", "services", "", Scope::one_namespace},
    Need{"list", "endpoints", "", Scope::one_namespace},
};

// Lists come as the first events of a watch where the server can, or as lists.
constexpr std::array kWatching = {
    Need{"list", "services"},
    Need{"watch", "services"},
    Need{"list", "endpoints"},
    Need{"watch", "endpoints"},
    Need{"list", "pods"},
    Need{"watch", "pods"},
    Need{"list", "endpointslices", kDiscovery},
    Need{"watch", "endpointslices", kDiscovery},
};

struct Row {
  std::string_view command;
  std::array<Needs, 3> needs;
};

constexpr std::array kRows = {
    Row{"doctor", {kListingServices, kReachingPods}},
    Row{"graph", {kListingServices, kReachingPods}},
    Row{"instances", {kReadingInstances}},
    Row{"invoke", {kReadingInstances, kReachingPods}},
    Row{"mapping", {kListingServices, kReachingPods}},
    Row{"metadata", {kReadingMetadata, kReachingPods}},
    Row{"probe", {kReadingInstances, kLookingForInterfaces, kReachingPods}},
    Row{"register", {kChangingPods, kSeeingAsConsumer}},
    Row{"services", {kListingServices}},
    Row{"snapshot", {kListingServices, kReachingPods}},
    Row{"unregister", {kChangingPods}},
    Row{"update", {kChangingPods, kSeeingAsConsumer}},
    Row{"urls", {kReadingInstances, kLookingForInterfaces, kReachingPods}},
    Row{"wait", {kWatching, kReachingPods}},
    Row{"watch", {kWatching, kReachingPods}},
};

static_assert(std::ranges::is_sorted(kRows, {}, &Row::command));

}  // namespace

std::vector<AccessNeed> access_needs(bool all_namespaces) {
  const Scope other = all_namespaces ? Scope::one_namespace : Scope::all_namespaces;
  std::vector<AccessNeed> needs;
  const auto add = [&](std::string_view command, const Need& need) {
    if (need.scope == other) return;
    needs.push_back(
        {std::string(command),
         {std::string(need.verb), std::string(need.resource), std::string(need.group)}});
  };
  for (const Row& row : kRows) {
    for (const Needs& several : row.needs) {
      for (const Need& need : several) add(row.command, need);
    }
  }
  return needs;
}

std::vector<Access> check_access(AccessReviewer& reviewer, const std::vector<AccessNeed>& needs,
                                 const std::optional<std::string>& ns) {
  std::set<Permission> wanted;
  for (const auto& need : needs) wanted.insert(need.permission);
  const auto answers = reviewer.review({wanted.begin(), wanted.end()}, ns);
  std::map<Permission, AccessAnswer> answer_to;
  std::ranges::transform(
      wanted, answers, std::inserter(answer_to, answer_to.end()),
      [](const auto& permission, const auto& answer) { return std::pair(permission, answer); });
  std::vector<Access> result;
  result.reserve(needs.size());
  for (const auto& need : needs) result.push_back({need, answer_to[need.permission]});
  return result;
}

std::vector<RoleRule> role_rules(const std::vector<AccessNeed>& needs) {
  std::map<std::pair<std::string, std::string>, std::set<std::string>> verbs_of;
  for (const auto& [command, permission] : needs) {
    verbs_of[{permission.group, permission.resource}].insert(permission.verb);
  }
  std::vector<RoleRule> rules;
  for (const auto& [key, verbs] : verbs_of) {
    const RoleRule rule{key.first, {key.second}, {verbs.begin(), verbs.end()}};
    const auto same = std::ranges::find_if(rules, [&](const RoleRule& other) {
      return other.group == rule.group && other.verbs == rule.verbs;
    });
    if (same == rules.end()) {
      rules.push_back(rule);
    } else {
      same->resources.push_back(key.second);
    }
  }
  return rules;
}

}  // namespace podreg::core
