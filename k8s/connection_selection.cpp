#include "k8s/connection_selection.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/nearest.h"
#include "k8s/connection_names.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

namespace {

std::string value(const std::optional<std::string>& flag) { return flag.value_or(""); }

template <typename Entry>
std::vector<std::string> names_of(const std::vector<Entry>& entries) {
  std::vector<std::string> names;
  names.reserve(entries.size());
  for (const auto& entry : entries) names.push_back(entry.name);
  return names;
}

template <typename Entry>
std::string hint_listing(std::string_view kind, const std::string& wanted,
                         const std::vector<Entry>& entries) {
  if (entries.empty()) return fmt::format("it has no {}s", kind);
  return fmt::format("{}s there: {}", kind, list_nearest(wanted, names_of(entries)));
}

// Of what somebody typed.
template <typename Entry>
std::string hint_guessing(std::string_view kind, const std::string& typed,
                          const std::vector<Entry>& entries) {
  const auto names = names_of(entries);
  const auto guess =
      core::did_you_mean(typed, std::vector<std::string_view>(names.begin(), names.end()));
  return fmt::format("{}{}{}", guess, guess.empty() ? "" : " ", hint_listing(kind, typed, entries));
}

template <typename Entry>
Error not_there(std::string_view kind, const std::string& name, const std::vector<Entry>& entries,
                const Kubeconfig& kubeconfig) {
  if (kubeconfig.files.empty()) {
    return {ErrorKind::not_found,
            fmt::format("{} \"{}\" does not exist: there is no kubeconfig", kind, name),
            "name one with --kubeconfig or $KUBECONFIG"};
  }
  return {ErrorKind::not_found,
          fmt::format("{} \"{}\" does not exist in kubeconfig {}", kind, name,
                      fmt::join(kubeconfig.files, ", ")),
          hint_guessing(kind, name, entries)};
}

Error current_not_there(const Kubeconfig& kubeconfig) {
  const auto& name = kubeconfig.current_context;
  return {ErrorKind::not_found,
          fmt::format("context \"{}\", the current-context of kubeconfig {}, does not exist", name,
                      kubeconfig.current_context_file),
          hint_listing("context", name, kubeconfig.contexts)};
}

template <typename Entry>
Error dangling(std::string_view kind, const std::string& name, const std::vector<Entry>& entries,
               const ContextEntry& context) {
  return {ErrorKind::invalid_data,
          fmt::format("context \"{}\" of kubeconfig {} names the {} \"{}\", which does not exist",
                      context.name, context.file, kind, name),
          hint_listing(kind, name, entries)};
}

ContextEntry context_of(const Kubeconfig& kubeconfig, const Overrides& overrides) {
  const auto wanted = value(overrides.context);
  const auto& name = wanted.empty() ? kubeconfig.current_context : wanted;
  if (name.empty()) return {};
  if (const auto* context = find_entry(kubeconfig.contexts, name)) return *context;
  if (wanted.empty()) throw current_not_there(kubeconfig);
  throw not_there("context", name, kubeconfig.contexts, kubeconfig);
}

// The entry that the flag names, else the one that the context names, else an empty one.
template <typename Entry>
Entry entry_of(std::string_view kind, const std::optional<std::string>& flag,
               const std::string& of_context, const std::vector<Entry>& entries,
               const Kubeconfig& kubeconfig, const ContextEntry& context) {
  const auto wanted = value(flag);
  const auto& name = wanted.empty() ? of_context : wanted;
  if (name.empty()) return {};
  if (const auto* entry = find_entry(entries, name)) return *entry;
  if (wanted.empty()) throw dangling(kind, name, entries, context);
  throw not_there(kind, name, entries, kubeconfig);
}

template <typename Entry>
std::string owner(const char* kind, const Entry& entry) {
  if (entry.file.empty()) return "the command line";
  return fmt::format("{} \"{}\" in {}", kind, entry.name, entry.file);
}

std::string origin_of(const ContextEntry& context, const ClusterEntry& cluster) {
  if (!context.file.empty()) {
    return fmt::format("context \"{}\" of {}", context.name, context.file);
  }
  return owner("cluster", cluster);
}

bool is_of_cluster(std::string_view field) {
  constexpr std::array<std::string_view, 7> kFields = {"server",
                                                       "certificate-authority",
                                                       "certificate-authority-data",
                                                       "insecure-skip-tls-verify",
                                                       "tls-server-name",
                                                       "proxy-url",
                                                       "disable-compression"};
  return std::ranges::find(kFields, field) != kFields.end();
}

// The source of a name: the flag when it has one.
void note(Selection& selection, const char* field, const std::optional<std::string>& flag,
          const std::string& otherwise) {
  if (!value(flag).empty()) {
    selection.sources[field] = fmt::format("--{}", field);
  } else if (!otherwise.empty()) {
    selection.sources[field] = otherwise;
  }
}

}  // namespace

std::string Selection::source(std::string_view field) const {
  const auto found = sources.find(field);
  if (found != sources.end()) return found->second;
  return is_of_cluster(field) ? cluster_owner : user_owner;
}

std::string Selection::what(std::string_view field) const {
  if (is_replaced(field)) return source(field);
  return fmt::format("{} of {}", field == "token-file" ? "tokenFile" : field, source(field));
}

std::optional<Selection> select(const Kubeconfig& kubeconfig, const Overrides& overrides) {
  const auto context = context_of(kubeconfig, overrides);
  if (context.file.empty() && value(overrides.cluster).empty() && value(overrides.server).empty()) {
    return std::nullopt;
  }
  Selection selection;
  selection.context = context.name;
  selection.cluster = entry_of("cluster", overrides.cluster, context.cluster, kubeconfig.clusters,
                               kubeconfig, context);
  selection.user =
      entry_of("user", overrides.user, context.user, kubeconfig.users, kubeconfig, context);
  selection.ns = context.ns;
  selection.cluster_owner = owner("cluster", selection.cluster);
  selection.user_owner = owner("user", selection.user);
  selection.origin = origin_of(context, selection.cluster);
  const auto of_context = context.file.empty() ? "" : selection.origin;
  note(selection, "context", overrides.context,
       context.file.empty() ? "" : "current-context of " + kubeconfig.current_context_file);
  note(selection, "cluster", overrides.cluster, of_context);
  note(selection, "user", overrides.user, of_context);
  note(selection, "namespace", {}, of_context);
  return selection;
}

Selection select(const InCluster& in_cluster) {
  Selection selection;
  selection.cluster.server = in_cluster.server;
  selection.cluster.certificate_authority = in_cluster.certificate_authority;
  selection.user.token_file = in_cluster.token_file;
  selection.ns = in_cluster.ns;
  selection.origin = "the in-cluster ServiceAccount";
  selection.cluster_owner = selection.user_owner = selection.origin;
  selection.token_hint = "does the pod have automountServiceAccountToken: false?";
  selection.sources["namespace"] = selection.origin;
  return selection;
}

}  // namespace podreg::k8s
