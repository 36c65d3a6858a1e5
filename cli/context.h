// What commands share, each made when it is first used: `--help` reads no kubeconfig.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/global_options.h"
#include "core/cluster.h"
#include "core/streams.h"
#include "k8s/environment.h"
#include "output/color.h"
#include "output/printer.h"

namespace podreg::k8s {
class SnapshotCluster;
}  // namespace podreg::k8s

namespace podreg::cli {

// `namespace "demo"`, or "any namespace" for none.
std::string in_words(const std::optional<std::string>& ns);

class Context {
 public:
  // All of them must outlive it. Throws Error(usage) for options that are not well formed, before
  // anything is read or asked.
  Context(const GlobalOptions& options, core::Streams& streams,
          const k8s::Environment& environment);
  ~Context();

  // The cluster that the command line names. `services` are the Services that will be asked for, so
  // that a snapshot need not keep others; none: all of them. Throws what reading a snapshot, a
  // kubeconfig or a ServiceAccount throws.
  core::Cluster& cluster(const std::vector<std::string>& services = {});

  // The namespace that is asked for; nothing with --all-namespaces. To be called after cluster(),
  // which is who knows the default.
  std::optional<std::string> ns() const;

  core::EndpointSource endpoint_source() const { return options_.endpoint_source; }
  output::Printer& printer() { return printer_; }
  core::Streams& streams() { return streams_; }

  // What to do about a Service that is not in the scope of the command.
  std::string hint_for_missing_service(const std::string& service) const;

  // A sentence about the other namespaces of a snapshot, with a space before it; empty for none.
  std::string other_namespaces() const;

 private:
  void open_snapshot(const std::vector<std::string>& services);
  void open_api();

  const GlobalOptions& options_;
  core::Streams& streams_;
  const k8s::Environment& environment_;
  output::Printer printer_;
  std::string default_namespace_;
  std::unique_ptr<core::Cluster> cluster_;
  const k8s::SnapshotCluster* snapshot_ = nullptr;  // cluster_, when it is one
};

}  // namespace podreg::cli
