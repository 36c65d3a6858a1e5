// The options that every command takes: where the cluster is, which namespace, how results look.
#pragma once

#include <string>
#include <vector>

#include "core/kubernetes.h"
#include "k8s/kubeconfig.h"
#include "k8s/transport.h"

namespace CLI {
class App;
}

namespace podreg::cli {

struct GlobalOptions {
  // Where the cluster comes from.
  std::vector<std::string> snapshots;  // files, directories, "-"
  std::string registry;                // a Dubbo registry URL
  std::string kubeconfig;
  k8s::Overrides overrides;
  bool all_contexts = false;
  std::string request_timeout;  // a Go duration; empty: the transport's own limits
  k8s::Compression compression = k8s::Compression::automatic;
  bool allow_plaintext_token = false;

  // What is asked for.
  std::string ns;
  bool all_namespaces = false;
  core::EndpointSource endpoint_source = core::EndpointSource::endpoints;

  // What is printed, and how.
  std::string output = "table";
  std::string sort_by;
  std::string columns;  // titles with commas between them
  bool no_headers = false;
  std::string color = "auto";
  int verbosity = 0;
  bool quiet = false;
};

// Declares them on the program, so that they may stand before or after the subcommand.
void declare_global_options(CLI::App& app, GlobalOptions& options);

}  // namespace podreg::cli
