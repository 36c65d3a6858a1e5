#include "output/access_listing.h"

#include <fmt/format.h>

#include <utility>

#include "output/cell_text.h"

namespace podreg::output {

namespace {

using core::Access;

// "endpointslices.discovery.k8s.io", as kubectl writes resources of a group.
std::string resource_text(const core::Permission& permission) {
  if (permission.group.empty()) return permission.resource;
  return fmt::format("{}.{}", permission.resource, permission.group);
}

const std::vector<ColumnOf<Access>>& table() {
  static const std::vector<ColumnOf<Access>> columns = {
      {"COMMAND", [](const Access& access, Detail) { return access.need.command; }},
      {"VERB", [](const Access& access, Detail) { return access.need.permission.verb; }},
      {"RESOURCE",
       [](const Access& access, Detail) { return resource_text(access.need.permission); }},
      {"ALLOWED", [](const Access& access,
                     Detail) { return std::string(access.answer.allowed ? "yes" : "no"); }},
      {"REASON", [](const Access& access, Detail) { return or_none(access.answer.reason); },
       /*only_wide=*/true},
  };
  return columns;
}

}  // namespace

AccessListing::AccessListing(std::vector<core::Access> accesses, std::string ns, std::string user)
    : accesses_(std::move(accesses)), ns_(std::move(ns)), user_(std::move(user)) {}

std::vector<Column> AccessListing::columns() const { return columns_of(table()); }

std::string AccessListing::cell(std::size_t item, std::size_t column, Detail detail) const {
  return table()[column].cell(accesses_[item], detail);
}

void AccessListing::write_item(std::size_t item, Emitter& emitter) const {
  const auto& [need, answer] = accesses_[item];
  emitter.begin_object();
  emitter.field("command", need.command);
  emitter.field("verb", need.permission.verb);
  emitter.field("resource", need.permission.resource);
  emitter.field("group", need.permission.group);
  emitter.field("namespace", ns_);
  emitter.key("allowed");
  emitter.boolean(answer.allowed);
  emitter.field("reason", answer.reason);
  emitter.field("user", user_);
  emitter.end_object();
}

std::string AccessListing::name(std::size_t item) const {
  const auto& permission = accesses_[item].need.permission;
  return fmt::format("{}/{}", permission.verb, resource_text(permission));
}

void write_role(const std::vector<core::RoleRule>& rules, const std::string& ns, Emitter& emitter) {
  emitter.begin_object();
  emitter.field("apiVersion", "rbac.authorization.k8s.io/v1");
  emitter.field("kind", ns.empty() ? "ClusterRole" : "Role");
  emitter.key("metadata");
  emitter.begin_object();
  emitter.field("name", "podreg");
  if (!ns.empty()) emitter.field("namespace", ns);
  emitter.end_object();
  emitter.key("rules");
  emitter.begin_array();
  for (const auto& rule : rules) {
    emitter.begin_object();
    emitter.field("apiGroups", std::vector{rule.group});
    emitter.field("resources", rule.resources);
    emitter.field("verbs", rule.verbs);
    emitter.end_object();
  }
  emitter.end_array();
  emitter.end_object();
  emitter.end_document();
}

}  // namespace podreg::output
