#include "cli/context.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "cli/duration.h"
#include "cli/print_options.h"
#include "cli/progress.h"
#include "cli/reading_progress.h"
#include "cli/request_log.h"
#include "cli/standard_streams.h"
#include "core/error.h"
#include "core/names.h"
#include "core/objects_cluster.h"
#include "k8s/access_review.h"
#include "k8s/api_cluster.h"
#include "k8s/api_objects.h"
#include "k8s/connection_resolve.h"
#include "k8s/registry_watch.h"
#include "k8s/snapshot_cluster.h"
#include "k8s/snapshot_objects.h"
#include "output/warnings.h"

namespace podreg::cli {

namespace {

// A number of milliseconds of the registry URL, where the fabric8 client takes 0 and less for none.
std::optional<std::chrono::milliseconds> milliseconds_of(
    const std::optional<core::RegistryUrl>& registry, const char* parameter) {
  const auto number = registry ? registry->number(parameter) : std::nullopt;
  if (!number) return std::nullopt;
  return std::chrono::milliseconds(std::max(0L, *number));
}

k8s::Timeouts timeouts(const GlobalOptions& options,
                       const std::optional<core::RegistryUrl>& registry) {
  k8s::Timeouts timeouts;
  const auto whole = milliseconds_of(registry, "requestTimeout");
  const auto connect = milliseconds_of(registry, "connectionTimeout");
  if (!options.request_timeout.empty()) {
    return k8s::Timeouts::within(parse_duration(options.request_timeout, "--request-timeout"));
  }
  if (whole) timeouts = k8s::Timeouts::within(*whole);
  if (connect) timeouts.connect = *connect;
  return timeouts;
}

// Of a snapshot that cannot be read again, as a pipe; nullptr of everything else.
const core::RegistryObjects* kept_objects(const core::ObjectsReader* reader) {
  const auto* snapshot = dynamic_cast<const k8s::SnapshotObjects*>(reader);
  return snapshot == nullptr ? nullptr : snapshot->kept();
}

bool shows_progress(const GlobalOptions& options, const core::Streams& streams,
                    const k8s::Environment& environment) {
  return streams.err_is_terminal && !options.quiet && options.verbosity == 0 &&
         can_move_cursor(environment);
}

k8s::Detail detail_of(int verbosity) {
  if (verbosity == 1) return k8s::Detail::line;
  return verbosity == 2 ? k8s::Detail::headers : k8s::Detail::bodies;
}

}  // namespace

bool can_move_cursor(const k8s::Environment& environment) {
  const auto term = environment.text("TERM");
  return !term.empty() && term != "dumb";
}

std::string in_words(const std::optional<std::string>& ns) {
  return ns ? fmt::format("namespace \"{}\"", *ns) : "any namespace";
}

std::string in_words(const core::WatchTrouble& trouble) {
  if (trouble.reason.empty()) return fmt::format("the watch of {} works again", trouble.what);
  return fmt::format("the watch of {} does not work: {}; the next attempt is in {:.1f} s",
                     trouble.what, trouble.reason,
                     std::chrono::duration<double>(trouble.pause).count());
}

Context::Context(const GlobalOptions& options, core::Streams& streams,
                 const k8s::Environment& environment)
    : options_(options),
      own_line_(std::make_unique<ProgressLine>(
          streams.err,
          ProgressLineOptions{shows_progress(options, streams, environment), error_columns})),
      line_(own_line_.get()),
      streams_{streams.out, *line_, streams.out_is_terminal, streams.err_is_terminal},
      environment_(environment),
      own_printer_(
          std::make_unique<output::Printer>(streams_, print_options(options, environment))),
      printer_(own_printer_.get()) {
  read_options();
}

Context::Context(const GlobalOptions& options, core::Streams& streams,
                 const k8s::Environment& environment, output::Printer& printer, ProgressLine& line)
    : options_(options),
      line_(&line),
      streams_(streams),
      environment_(environment),
      printer_(&printer) {
  read_options();
}

void Context::read_options() {
  if (!options_.ns.empty()) core::check_namespace(options_.ns);
  if (!options_.registry.empty()) registry_ = core::RegistryUrl::parse(options_.registry);
  timeouts(options_, registry_);
}

Context::~Context() = default;

core::Cluster& Context::cluster(const std::vector<std::string>& services) {
  if (!cluster_) {
    if (options_.snapshots.empty()) {
      cluster_ = std::make_unique<k8s::ApiCluster>(resolve(), api_options());
    } else if (const auto* kept = kept_objects(objects_.get())) {
      cluster_ = std::make_unique<core::ObjectsCluster>(*kept);
    } else {
      open_snapshot(services);
    }
  }
  return *cluster_;
}

core::ObjectsReader& Context::objects() {
  if (!objects_) {
    if (options_.snapshots.empty()) {
      objects_ = std::make_unique<k8s::ApiObjects>(resolve(), api_options());
    } else {
      open_snapshot_objects();
    }
  }
  return *objects_;
}

// Nothing for all namespaces, and when only the snapshot can tell which one is meant.
std::optional<std::string> Context::ns_of_snapshot() const {
  if (options_.all_namespaces || options_.ns.empty()) return std::nullopt;
  return options_.ns;
}

// What is to be known of a snapshot beside its objects.
template <typename Snapshot>
void Context::take_notes(const Snapshot& snapshot) {
  default_namespace_ = snapshot.namespaces().default_namespace();
  namespaces_ = &snapshot.namespaces();
  snapshot_metadata_ = snapshot.metadata();
  if (options_.quiet) return;
  for (const std::string& file : snapshot.may_be_cut()) {
    warn(fmt::format("{} ends in the middle of a line: it may have been cut short", file));
  }
}

void Context::open_snapshot_objects() {
  auto snapshot = std::make_unique<k8s::SnapshotObjects>(options_.snapshots, ns_of_snapshot(),
                                                         shown_files(*this));
  take_notes(*snapshot);
  objects_ = std::move(snapshot);
}

void Context::open_snapshot(const std::vector<std::string>& services) {
  k8s::SnapshotInterest interest;
  interest.ns = ns_of_snapshot();
  interest.services = services;
  interest.all_pods = writing_;  // a pod that no address names may be registered, too
  interest.whole_pods = writing_;
  interest.on_read = shown_files(*this);
  if (!pod_to_write_.empty()) interest.pods = {pod_to_write_};
  auto snapshot = std::make_unique<k8s::SnapshotCluster>(options_.snapshots, std::move(interest));
  take_notes(*snapshot);
  snapshot_ = snapshot.get();
  cluster_ = std::move(snapshot);
}

std::unique_ptr<core::RegistryWatch> Context::watch(WatchRequest request) {
  if (!options_.snapshots.empty()) {
    throw core::Error(core::ErrorKind::usage, "a snapshot does not change, so it is not watched",
                      "podreg instances --snapshot … shows what is in it");
  }
  auto connection = resolve();
  k8s::WatchOptions watch;
  static_cast<k8s::ApiOptions&>(watch) = api_options();
  watch.wake_descriptor = request.wake_descriptor;
  if (request.time.count() != 0) watch.end = std::chrono::steady_clock::now() + request.time;
  watch.on_trouble = request.on_trouble
                         ? std::move(request.on_trouble)
                         : [this](const core::WatchTrouble& one) { tell_trouble(one); };
  return std::make_unique<k8s::RegistryWatch>(
      std::move(connection), watch,
      core::WatchQuery{ns(), std::move(request.services), options_.endpoint_source});
}

void Context::tell_trouble(const core::WatchTrouble& trouble) {
  if (!options_.quiet) warn(in_words(trouble));
}

void Context::warn(std::string_view sentence) {
  output::print_warnings({std::string(sentence)}, colors_errors(), streams_.err);
}

core::AccessReviewer& Context::access() {
  if (!options_.snapshots.empty()) {
    throw core::Error(core::ErrorKind::usage, "a snapshot has no users, and with it no permissions",
                      "leave --snapshot out to ask the API server");
  }
  if (!access_) access_ = std::make_unique<k8s::AccessReview>(resolve(), api_options());
  return *access_;
}

k8s::Overrides Context::overrides() const {
  auto overrides = options_.overrides;
  overrides.registry = registry_;
  overrides.ns = options_.ns;
  return overrides;
}

k8s::Selection Context::selection() const {
  return k8s::resolve_selection(options_.kubeconfig, overrides(), environment_);
}

std::optional<core::Setting> Context::request_timeout() const {
  core::Setting setting{"request-timeout", options_.request_timeout, "--request-timeout", {}, {}};
  if (!setting.value.empty()) return setting;
  const auto whole = milliseconds_of(registry_, "requestTimeout");
  if (!whole) return std::nullopt;
  setting.value = fmt::format("{}ms", whole->count());
  setting.source = "requestTimeout of --registry";
  return setting;
}

k8s::Connection Context::resolve() {
  if (connection_) return *connection_;  // which shares the credentials: nobody signs in twice
  auto connection = k8s::resolve_connection(options_.kubeconfig, overrides(), environment_,
                                            k8s::kServiceAccountFolder, exec_options());
  default_namespace_ = connection.ns;
  if (registry_) warn_of_registry(connection);
  if (!connection.exposed_kubeconfig.empty() && !options_.quiet) {
    warn(
        fmt::format("kubeconfig {0} has a secret in it, and every user of this machine can read "
                    "it (chmod go= {0})",
                    connection.exposed_kubeconfig));
  }
  connection_ = std::make_shared<const k8s::Connection>(connection);
  return connection;
}

void Context::warn_of_registry(const k8s::Connection& connection) {
  if (trusts_every_server() && connection.insecure_skip_tls_verify) {
    warn("trustCerts=true of --registry: the API server's certificate is not checked");
  }
  if (registry_->names_a_user && !options_.quiet) {
    warn("the user before '@' of --registry is not used, as in Dubbo; username= and password= are");
  }
}

// Shown with --quiet too: a plugin may be telling where to sign in.
k8s::ExecOptions Context::exec_options() {
  k8s::ExecOptions exec;
  if (!options_.request_timeout.empty()) exec.timeout = timeouts(options_, registry_).whole;
  exec.on_message = [this](const std::string& command, std::string_view line) {
    show_plugin_message(command, line, streams_.err);
  };
  exec.on_run = [this](const std::string& command, bool may_ask) -> std::shared_ptr<void> {
    if (may_ask) return std::make_shared<ProgressHold>(*this);
    return std::make_shared<Progress>(*this, fmt::format("running credential plugin {}", command));
  };
  return exec;
}

k8s::ApiOptions Context::api_options() {
  k8s::ApiOptions api;
  api.timeouts = timeouts(options_, registry_);
  api.compression = options_.compression;
  api.allow_plaintext_token = options_.allow_plaintext_token;
  show_requests(*this, api);
  if (options_.verbosity > 0) {
    api.observer = [this](const k8s::Exchange& exchange) { show_exchange(exchange, streams_.err); };
    api.detail = detail_of(options_.verbosity);
  }
  api.on_retry = [this](const k8s::Retry& retry) {
    // Who sits at a terminal wants to know why nothing happens.
    const bool is_long = retry.pause >= std::chrono::seconds(1);
    const bool noticed = is_long && streams_.err_is_terminal && !options_.quiet;
    if (options_.verbosity > 0 || noticed) show_retry(retry, streams_.err);
  };
  if (!options_.quiet) {
    api.on_warning = [this](const std::string& text) {
      show_server_warning(text, colors_errors(), streams_.err);
    };
  }
  return api;
}

bool Context::colors_errors() const {
  return output::use_color(printer_->options().color, streams_.err_is_terminal);
}

std::optional<std::string> Context::ns() const {
  if (options_.all_namespaces) return std::nullopt;
  return options_.ns.empty() ? default_namespace_ : options_.ns;
}

std::string Context::ns_of_command_line() const {
  if (!options_.ns.empty()) return options_.ns;
  return registry_ ? registry_->parameter("namespace").value_or("default") : "default";
}

std::string Context::registry_parameter(const std::string& name) const {
  return registry_ ? registry_->parameter(name).value_or("") : "";
}

bool Context::registering_disabled() const {
  return registry_ && !registry_->flag("enableRegister", true);
}

void Context::allow_writing(core::DryRun dry_run, bool in_place, const std::string& pod) {
  writing_ = true;
  pod_to_write_ = pod;
  if (options_.snapshots.empty()) {
    if (!in_place) return;
    throw core::Error(core::ErrorKind::usage, "--in-place is for --snapshot");
  }
  if (dry_run == core::DryRun::server) {
    throw core::Error(core::ErrorKind::usage,
                      "--dry-run server asks an API server, and a snapshot has none",
                      "--dry-run client shows the change");
  }
  if (dry_run == core::DryRun::client || (in_place && dry_run == core::DryRun::none)) return;
  throw core::Error(core::ErrorKind::usage, "a snapshot is not changed without being asked to",
                    "--dry-run client shows the change, --in-place writes it into the file");
}

std::optional<std::string> Context::preview(const core::Pod& pod,
                                            const std::optional<std::string>& value) const {
  if (snapshot_ == nullptr) return std::nullopt;
  return snapshot_->preview(pod, value);
}

std::string Context::hint_for_missing_service(const std::string& service) const {
  const auto scope = ns();
  auto elsewhere = snapshot_namespaces_of(service);
  if (scope) std::erase(elsewhere, *scope);
  if (scope && !elsewhere.empty()) {
    return fmt::format("it is in namespace {}; use -n", fmt::join(elsewhere, ", "));
  }
  const auto near = namespaces_ == nullptr ? "" : namespaces_->nearest(service, scope);
  if (!near.empty() && near != service) return fmt::format("did you mean {}?", near);
  if (!scope) return "podreg services -A lists the Services there are";
  return fmt::format("podreg services -n {}{} lists the Services there are", *scope,
                     uses_snapshot() ? " --snapshot …" : "");
}

std::string Context::other_namespaces() const {
  const auto scope = ns();
  if (!scope || namespaces_ == nullptr) return {};
  auto others = namespaces_->all();
  std::erase(others, *scope);
  if (others.empty()) return {};
  return fmt::format(" The snapshot has namespace {}; use -n or -A.", fmt::join(others, ", "));
}

}  // namespace podreg::cli
