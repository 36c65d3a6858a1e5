// What commands share, each made when it is first used: `--help` reads no kubeconfig.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/global_options.h"
#include "cli/progress_line.h"
#include "core/access.h"
#include "core/cluster.h"
#include "core/registry_objects.h"
#include "core/registry_url.h"
#include "core/registry_watch.h"
#include "core/setting.h"
#include "core/streams.h"
#include "k8s/environment.h"
#include "k8s/snapshot_namespaces.h"
#include "output/color.h"
#include "output/printer.h"

namespace podreg::k8s {
struct ApiOptions;
struct Connection;
struct ExecOptions;
struct Selection;
class SnapshotCluster;
class SnapshotNamespaces;
}  // namespace podreg::k8s

namespace podreg::cli {

// Whether the terminal can erase what was written, which one that does not say what it is (TERM)
// may not be able to.
bool can_move_cursor(const k8s::Environment& environment);

// `namespace "demo"`, or "any namespace" for none.
std::string in_words(const std::optional<std::string>& ns);

// `the watch of pods in namespace "demo" does not work: …; the next attempt is in 1.6 s`.
std::string in_words(const core::WatchTrouble& trouble);

// What a command watches.
struct WatchRequest {
  std::vector<std::string> services = {};  // their names
  core::TroubleSink on_trouble = {};       // empty: standard error
  int wake_descriptor = -1;                // it wakes when this can be read, too; -1: none
  std::chrono::milliseconds time{0};       // nobody waits for longer from now on; 0: for ever
};

class Context {
 public:
  // All of them must outlive it. Throws Error(usage) for options that are not well formed, before
  // anything is read or asked.
  Context(const GlobalOptions& options, core::Streams& streams,
          const k8s::Environment& environment);

  // The same, with another printer, and with the progress line of all: for who puts the results of
  // several contexts together.
  Context(const GlobalOptions& options, core::Streams& streams, const k8s::Environment& environment,
          output::Printer& printer, ProgressLine& line);
  ~Context();

  // The cluster that the command line names. `services` are the Services that will be asked for, so
  // that a snapshot need not keep others; none: all of them. Throws what reading a snapshot, a
  // kubeconfig or a ServiceAccount throws.
  core::Cluster& cluster(const std::vector<std::string>& services = {});

  // The same objects, for who looks at more of them. Throws what cluster() throws.
  core::ObjectsReader& objects();

  // Services to be watched. Throws Error(usage) with --snapshot, and what reading a kubeconfig or a
  // ServiceAccount throws.
  std::unique_ptr<core::RegistryWatch> watch(WatchRequest request);

  // A line on standard error that begins with "warning:".
  void warn(std::string_view sentence);

  // The same, unless --quiet.
  void tell_trouble(const core::WatchTrouble& trouble);

  // Who knows what the user of the connection may do. Throws Error(usage) with --snapshot, and what
  // reading a kubeconfig or a ServiceAccount throws.
  core::AccessReviewer& access();

  // What the command line, kubeconfig or ServiceAccount say about the connection. Throws what
  // reading them throws.
  k8s::Selection selection() const;

  // The MetadataInfo that a snapshot carries beside the objects. To be called after cluster() or
  // objects().
  const std::vector<core::MetadataInfo>& snapshot_metadata() const { return snapshot_metadata_; }

  // Nothing when the cluster comes from snapshots: then there is no connection.
  bool uses_snapshot() const { return !options_.snapshots.empty(); }

  // How long a request may take, and who says so; nothing when nobody does.
  std::optional<core::Setting> request_timeout() const;

  // How the API server is reached; nullptr for a snapshot. To be called after cluster(),
  // objects(), watch() or access().
  const k8s::Connection* connection() const { return connection_.get(); }
  bool allows_plaintext_token() const { return options_.allow_plaintext_token; }

  // The namespace that is asked for; nothing with --all-namespaces. To be called after cluster(),
  // objects(), watch() or access(), which are who know the default.
  std::optional<std::string> ns() const;

  // Whether --all-namespaces was given.
  bool all_namespaces() const { return options_.all_namespaces; }

  // The namespace as the command line has it, "default" when it does not; asks nobody.
  std::string ns_of_command_line() const;

  // Whether the registry URL has enableRegister=false.
  bool registering_disabled() const;

  // To be called before cluster() by a command that changes `pod` (empty: several). Throws
  // Error(usage) when a snapshot would be changed and nobody said so.
  void allow_writing(core::DryRun dry_run, bool in_place, const std::string& pod);

  // What would become of a pod of the snapshot, as text in the format of its file; nothing when the
  // cluster is not a snapshot.
  std::optional<std::string> preview(const core::Pod& pod,
                                     const std::optional<std::string>& value) const;

  core::EndpointSource endpoint_source() const { return options_.endpoint_source; }
  output::Printer& printer() { return *printer_; }
  // Of which standard error stands behind the progress line.
  core::Streams& streams() { return streams_; }
  ProgressLine& progress_line() { return *line_; }
  // Of several contexts it is the work in all of them that is shown.
  bool shows_readings() const { return own_line_ && line_->is_shown(); }
  const k8s::Environment& environment() const { return environment_; }
  // Whether what goes to standard error has colours.
  bool colors_errors() const;
  bool quiet() const { return options_.quiet; }
  bool verbose() const { return options_.verbosity > 0; }

  bool has_registry_url() const { return registry_.has_value(); }

  // Whether the registry URL has trustCerts=true.
  bool trusts_every_server() const { return registry_ && registry_->flag("trustCerts", false); }

  // A parameter of the registry URL; empty when there is none.
  std::string registry_parameter(const std::string& name) const;

  // The namespaces of the snapshot that have a Service of this name; empty without a snapshot.
  std::vector<std::string> snapshot_namespaces_of(const std::string& service) const {
    return namespaces_ ? namespaces_->of(service) : std::vector<std::string>{};
  }

  // What to do about a Service that is not in the scope of the command.
  std::string hint_for_missing_service(const std::string& service) const;

  // A sentence about the other namespaces of a snapshot, with a space before it; empty for none.
  std::string other_namespaces() const;

 private:
  void read_options();
  std::optional<std::string> ns_of_snapshot() const;
  void open_snapshot(const std::vector<std::string>& services);
  void open_snapshot_objects();
  template <typename Snapshot>
  void take_notes(const Snapshot& snapshot);
  k8s::Overrides overrides() const;
  k8s::Connection resolve();
  void warn_of_registry(const k8s::Connection& connection);
  k8s::ApiOptions api_options();
  k8s::ExecOptions exec_options();

  const GlobalOptions& options_;
  std::unique_ptr<ProgressLine> own_line_;  // nullptr: another is given
  ProgressLine* line_;
  core::Streams streams_;
  const k8s::Environment& environment_;
  std::unique_ptr<output::Printer> own_printer_;  // nullptr: another is given
  output::Printer* printer_;
  std::optional<core::RegistryUrl> registry_;
  std::string default_namespace_;
  std::shared_ptr<const k8s::Connection> connection_;
  std::unique_ptr<core::Cluster> cluster_;
  std::unique_ptr<core::ObjectsReader> objects_;
  std::unique_ptr<core::AccessReviewer> access_;
  const k8s::SnapshotCluster* snapshot_ = nullptr;       // cluster_, when it is one
  const k8s::SnapshotNamespaces* namespaces_ = nullptr;  // of the snapshot, when it is one
  std::vector<core::MetadataInfo> snapshot_metadata_;
  bool writing_ = false;      // after allow_writing()
  std::string pod_to_write_;  // empty: several
};

}  // namespace podreg::cli
