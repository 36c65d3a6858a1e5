#include "cli/completion_cluster.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "cli/completion.h"
#include "cli/context.h"
#include "cli/several_contexts.h"
#include "core/counted.h"
#include "core/gather.h"
#include "core/revision_metadata.h"
#include "k8s/connection.h"
#include "k8s/object_names.h"

namespace podreg::cli {

namespace {

using Found = std::vector<Candidate>;

// What a completion needs beside waiting for the server, which it does for 200 ms unless
// $PODREG_COMPLETION_TIMEOUT says otherwise: the start of a process, its own work.
constexpr std::chrono::milliseconds kOwnTime{100};
constexpr int kNamesAtMost = 500;

// Whatever there is to say: nobody is to see it.
class NoSink final : public core::TextSink {
 public:
  void write(std::string_view /*text*/) override {}
  void flush() override {}
};

std::chrono::milliseconds server_patience(const k8s::Environment& environment) {
  const auto limit = completion_limit(environment);
  return std::max(limit - kOwnTime, limit / 2);
}

// The command line's options, for who must be quick and quiet.
GlobalOptions for_completion(GlobalOptions options, const k8s::Environment& environment) {
  options.request_timeout = fmt::format("{}ms", server_patience(environment).count());
  options.output = "table";
  options.sort_by.clear();
  options.columns.clear();
  options.color = "never";
  options.verbosity = 0;
  options.quiet = true;
  return options;
}

bool reads_standard_input(const GlobalOptions& options) {
  return std::ranges::find(options.snapshots, "-") != options.snapshots.end();
}

// Runs `ask` with the cluster that the options name.
template <typename Ask>
Found with_context(const GlobalOptions& options, const k8s::Environment& environment, Ask ask) {
  if (reads_standard_input(options)) return {};
  NoSink sink;
  core::Streams streams{sink, sink};
  const auto contexts = several_contexts(options, environment);
  GlobalOptions of_one = options;  // of several contexts the first has to do
  if (contexts) of_one.overrides.context = contexts->front();
  Context context(of_one, streams, environment);
  return ask(context);
}

Found names_of(const k8s::ApiResource& resource, Context& context) {
  context.cluster();  // finds the connection, and asks nobody
  k8s::ApiOptions api;
  api.timeouts = k8s::Timeouts::within(server_patience(context.environment()));
  k8s::ObjectNames server(*context.connection(), api);
  const bool namespaces = resource.plural == k8s::kNamespaces.plural;
  std::map<std::string, std::string> names;
  for (auto& one : server.list(resource, namespaces ? std::nullopt : context.ns(), kNamesAtMost)) {
    names.emplace(std::move(one.name), std::move(one.note));
  }
  return candidates_of(names);
}

k8s::Kubeconfig kubeconfig_of(const GlobalOptions& options, const k8s::Environment& environment) {
  return k8s::load_kubeconfig(k8s::find_kubeconfig(options.kubeconfig, environment));
}

template <typename Entry, typename Describe>
Found entries(const std::vector<Entry>& list, Describe describe) {
  Found found;
  for (const auto& entry : list) found.push_back({entry.name, describe(entry)});
  return found;
}

}  // namespace

CompletionCluster::CompletionCluster(GlobalOptions options, const k8s::Environment& environment)
    : options_(for_completion(std::move(options), environment)), environment_(environment) {}

Found CompletionCluster::contexts() const {
  const auto config = kubeconfig_of(options_, environment_);
  return entries(config.contexts, [&](const k8s::ContextEntry& one) {
    return fmt::format("{} as {}{}", one.cluster, one.user,
                       one.name == config.current_context ? ", the current one" : "");
  });
}

Found CompletionCluster::clusters() const {
  const auto config = kubeconfig_of(options_, environment_);
  return entries(config.clusters, [](const k8s::ClusterEntry& one) { return one.server; });
}

Found CompletionCluster::users() const {
  const auto config = kubeconfig_of(options_, environment_);
  return entries(config.users, [](const k8s::UserEntry& /*one*/) { return std::string(); });
}

Found CompletionCluster::namespaces() const {
  return with_context(options_, environment_, [](Context& context) {
    if (!context.uses_snapshot()) return names_of(k8s::kNamespaces, context);
    std::map<std::string, std::string> names;
    for (const auto& state : context.cluster().services({})) names[state.ns];
    return candidates_of(names);
  });
}

Found CompletionCluster::services() const {
  return with_context(options_, environment_, [](Context& context) {
    if (!context.uses_snapshot()) return names_of(k8s::kServices, context);
    auto& cluster = context.cluster();
    std::map<std::string, std::string> names;
    for (const auto& state : cluster.services({context.ns(), {}})) {
      names[state.name] = state.service ? state.service->type : "";
    }
    return candidates_of(names);
  });
}

Found CompletionCluster::pods() const {
  return with_context(options_, environment_, [](Context& context) {
    if (!context.uses_snapshot()) return names_of(k8s::kPods, context);
    context.allow_writing(core::DryRun::client, false, {});  // then all pods are read
    auto& cluster = context.cluster();
    std::map<std::string, std::string> names;
    cluster.pods({context.ns(), {}}, [&](const core::PodView& pod) {
      names[std::string(pod.name)] = pod.annotation ? "registered" : "";
    });
    return candidates_of(names);
  });
}

Found CompletionCluster::revisions(const std::string& service) const {
  return with_context(options_, environment_, [&](Context& context) {
    auto& cluster = context.cluster({service});
    std::map<std::string, std::string> names;
    for (const auto& one :
         core::gather_instances(cluster, {context.ns(), service, context.endpoint_source()})) {
      for (const auto& group : core::group_by_revision(one.discovery.instances)) {
        names.emplace(group.revision, core::counted(group.instances.size(), "instance"));
      }
    }
    return candidates_of(names);
  });
}

}  // namespace podreg::cli
