// What each command asks of the API server, whether somebody may ask it, and the Role that would
// let them.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "core/timestamp.h"

namespace podreg::core {

// As a rule of RBAC has it.
struct Permission {
  std::string verb;      // "get", "list", "patch"
  std::string resource;  // "pods"
  std::string group;     // "" is the core group

  auto operator<=>(const Permission&) const = default;
};

struct AccessNeed {
  std::string command;
  Permission permission;
};

// Everything that the commands there are may ask for, in one namespace or in all of them; sorted by
// command. Requests that a command can do without are among them.
std::vector<AccessNeed> access_needs(bool all_namespaces);

struct AccessAnswer {
  bool allowed = false;
  std::string reason;  // the server's own words; may be empty
};

// Who knows what the user of the connection may do. Not thread safe.
class AccessReviewer {
 public:
  virtual ~AccessReviewer() = default;

  // One answer for each permission, in their order; without a namespace: in all namespaces. Throws
  // Error: not_allowed when not even asking is allowed, unreachable, invalid_data.
  virtual std::vector<AccessAnswer> review(const std::vector<Permission>& permissions,
                                           const std::optional<std::string>& ns) = 0;

  // The same about a ServiceAccount, in its namespace; who may ask that is allowed to create
  // subjectaccessreviews.
  virtual std::vector<AccessAnswer> review_account(const std::string& ns,
                                                   const std::string& account,
                                                   const std::vector<Permission>& permissions) = 0;

  // The server's clock, as its last answer had it; asks something when there was none. Nothing when
  // the server does not say.
  virtual std::optional<Timestamp> time() = 0;

  // Who the server takes the user for; empty when it does not say (before Kubernetes 1.28).
  virtual std::string user() = 0;
};

struct Access {
  AccessNeed need;
  AccessAnswer answer;
};

// An answer to each need, in their order; each permission is asked for once.
std::vector<Access> check_access(AccessReviewer& reviewer, const std::vector<AccessNeed>& needs,
                                 const std::optional<std::string>& ns);

struct RoleRule {
  std::string group;
  std::vector<std::string> resources;  // sorted, as the verbs are
  std::vector<std::string> verbs;

  bool operator==(const RoleRule&) const = default;
};

// The fewest rules that allow exactly the needs: resources of a group with the same verbs share
// one. Sorted by group, then resource.
std::vector<RoleRule> role_rules(const std::vector<AccessNeed>& needs);

}  // namespace podreg::core
