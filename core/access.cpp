#include "core/access.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace podreg::core {

namespace {

enum class Scope { any, one_namespace, all_namespaces };

struct Row {
  std::string_view command;
  std::string_view verb;
  std::string_view resource;
  std::string_view group = {};
  Scope scope = Scope::any;
};

constexpr std::string_view kDiscovery = "discovery.k8s.io";

// Of all namespaces an object is found by listing. Port-forwards are for whoever has no route to
// pods. Changing registrations lists pods for
// --selector, and Services and Endpoints to say whether a consumer will see the pod, and for
// --wait.
constexpr std::array kRows = {
    Row{"instances", "get", "services", "", Scope::one_namespace},
    Row{"instances", "list", "services", "", Scope::all_namespaces},
    Row{"instances", "get", "endpoints", "", Scope::one_namespace},
    Row{"instances", "list", "endpoints", "", Scope::all_namespaces},
    Row{"instances", "list", "endpointslices", kDiscovery},
    Row{"instances", "list", "pods"},
    Row{"metadata", "get", "services", "", Scope::one_namespace},
    Row{"metadata", "list", "services", "", Scope::all_namespaces},
    Row{"metadata", "get", "endpoints", "", Scope::one_namespace},
    Row{"metadata", "list", "endpoints", "", Scope::all_namespaces},
    Row{"metadata", "list", "endpointslices", kDiscovery},
    Row{"metadata", "list", "pods"},
    Row{"metadata", "get", "pods/portforward"},
    Row{"register", "get", "pods"},
    Row{"register", "list", "pods"},
    Row{"register", "patch", "pods"},
    Row{"register", "list", "services"},
    Row{"register", "list", "endpoints"},
    Row{"services", "list", "services"},
    Row{"services", "list", "endpoints"},
    Row{"services", "list", "endpointslices", kDiscovery},
    Row{"services", "list", "pods"},
    Row{"unregister", "get", "pods"},
    Row{"unregister", "list", "pods"},
    Row{"unregister", "patch", "pods"},
    Row{"update", "get", "pods"},
    Row{"update", "list", "pods"},
    Row{"update", "patch", "pods"},
    Row{"update", "list", "services"},
    Row{"update", "list", "endpoints"},
    Row{"urls", "get", "services", "", Scope::one_namespace},
    Row{"urls", "list", "services", "", Scope::all_namespaces},
    Row{"urls", "get", "endpoints", "", Scope::one_namespace},
    Row{"urls", "list", "endpoints", "", Scope::all_namespaces},
    Row{"urls", "list", "endpointslices", kDiscovery},
    Row{"urls", "list", "pods"},
    Row{"urls", "get", "pods/portforward"},
};

static_assert(std::ranges::is_sorted(kRows, {}, &Row::command));

}  // namespace

std::vector<AccessNeed> access_needs(bool all_namespaces) {
  const Scope other = all_namespaces ? Scope::one_namespace : Scope::all_namespaces;
  std::vector<AccessNeed> needs;
  for (const Row& row : kRows) {
    if (row.scope == other) continue;
    needs.push_back({std::string(row.command),
                     {std::string(row.verb), std::string(row.resource), std::string(row.group)}});
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
