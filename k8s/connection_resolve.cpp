#include "k8s/connection_resolve.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/names.h"
#include "k8s/connection_identity.h"
#include "k8s/connection_names.h"
#include "k8s/connection_overrides.h"
#include "k8s/connection_read.h"
#include "k8s/connection_registry.h"
#include "k8s/connection_selection.h"
#include "k8s/connection_server.h"
#include "k8s/environment_proxy.h"
#include "k8s/server_address.h"
#include "k8s/wiped_memory.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

namespace {

constexpr const char* kHowToName = "give --kubeconfig FILE, --server URL or --snapshot FILE";

std::string looked_at(const KubeconfigFiles& files) {
  if (files.paths.empty() && files.named_by.empty()) return "$HOME is not set";
  if (files.paths.empty()) return fmt::format("{} names no file", files.named_by);
  const auto paths = fmt::format("{}", fmt::join(files.paths, ", "));
  if (files.named_by.empty()) return fmt::format("there is no {}", paths);
  return fmt::format("{} names what is not there: {}", files.named_by, paths);
}

// Neither kubeconfig nor flags nor ServiceAccount say which cluster.
Error nothing_named(const KubeconfigFiles& files, const Kubeconfig& kubeconfig) {
  if (kubeconfig.files.empty()) {
    return {ErrorKind::invalid_data,
            fmt::format("no cluster is configured: {}, and this is not a pod with a ServiceAccount",
                        looked_at(files)),
            kHowToName};
  }
  const auto paths = fmt::format("{}", fmt::join(kubeconfig.files, ", "));
  if (kubeconfig.is_empty()) {
    return {ErrorKind::invalid_data,
            fmt::format("kubeconfig {} is empty: no cluster, user or context", paths), kHowToName};
  }
  std::vector<std::string> names;
  for (const auto& context : kubeconfig.contexts) names.push_back(context.name);
  return {ErrorKind::invalid_data, fmt::format("kubeconfig {} has no current-context", paths),
          names.empty() ? "name a cluster with --cluster"
                        : fmt::format("name one with --context: {}", list_nearest("", names))};
}

Selection select(const KubeconfigFiles& files, const Overrides& overrides,
                 const std::optional<InCluster>& in_cluster) {
  const auto kubeconfig = load_kubeconfig(files);
  auto selection = select(kubeconfig, overrides);
  if (!selection && in_cluster && !files.must_exist) selection = select(*in_cluster);
  if (!selection && overrides.registry) {
    selection.emplace();
    selection->origin = selection->cluster_owner = selection->user_owner = "--registry";
  }
  if (!selection) throw nothing_named(files, kubeconfig);
  selection->files = kubeconfig.files;
  selection->files_named_by = files.named_by;
  return *std::move(selection);
}

// The pod's own, or "default", when none is named.
void set_namespace(Selection& selection, const std::string& in_cluster) {
  if (selection.ns.empty()) {
    const bool in_pod = !in_cluster.empty();
    selection.ns = in_pod ? in_cluster : "default";
    selection.sources["namespace"] = in_pod ? "this pod" : "default";
  }
  if (core::is_dns_label(selection.ns)) return;
  throw Error(ErrorKind::invalid_data,
              fmt::format("\"{}\", the namespace of {}, is not a valid name", selection.ns,
                          selection.source("namespace")),
              "--namespace names another");
}

// What the environment says applies to the server's own address, whatever name TLS goes by.
void apply_environment_proxy(const Environment& environment, Selection& selection) {
  if (!selection.cluster.proxy_url.empty()) return;
  std::string url;
  try {
    url = resolve_server(selection.cluster.server, selection.source("server")).url;
  } catch (const Error&) {
    return;  // read_connection() says what is wrong with it
  }
  auto proxy = environment_proxy(parse_server(url), environment);
  if (!proxy) return;
  selection.cluster.proxy_url = std::move(proxy->url);
  selection.sources["proxy-url"] = "$" + proxy->variable;
}

}  // namespace

Selection resolve_selection(const std::string& kubeconfig, const Overrides& overrides,
                            const Environment& environment,
                            const std::string& service_account_folder) {
  const auto in_cluster = find_in_cluster(environment, service_account_folder);
  auto selection = select(find_kubeconfig(kubeconfig, environment), overrides, in_cluster);
  if (overrides.registry) apply_registry(*overrides.registry, selection);
  apply_flags(overrides, selection);
  apply_environment_proxy(environment, selection);
  set_namespace(selection, in_cluster ? in_cluster->ns : "");
  return selection;
}

Connection resolve_connection(const std::string& kubeconfig, const Overrides& overrides,
                              const Environment& environment,
                              const std::string& service_account_folder, const ExecOptions& exec) {
  const WipedMemory wiped;
  const auto selection =
      resolve_selection(kubeconfig, overrides, environment, service_account_folder);
  auto connection = read_connection(selection, environment, exec);
  if (!connection.credentials_unused) connection.exposed_kubeconfig = exposed_kubeconfig(selection);
  return connection;
}

}  // namespace podreg::k8s
