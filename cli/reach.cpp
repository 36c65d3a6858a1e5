#include "cli/reach.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <random>
#include <utility>

#include "cli/context.h"
#include "cli/duration.h"
#include "cli/flag_groups.h"
#include "cli/input_text.h"
#include "cli/progress.h"
#include "cli/provider_log.h"
#include "cli/request_log.h"
#include "core/choice.h"
#include "core/error.h"
#include "core/ip_address.h"
#include "core/short_text.h"
#include "k8s/port_forward.h"
#include "rpc/choosing_dialer.h"
#include "rpc/metadata_gathering.h"
#include "rpc/metadata_service.h"
#include "rpc/tcp_dialer.h"

namespace podreg::cli {

using core::Error;
using core::ErrorKind;

namespace {

// How long --via auto waits for a direct connection.
constexpr std::chrono::milliseconds kPatience{300};

// Zero is no limit, as for --request-timeout; a day is as good.
std::chrono::milliseconds limit_of(const std::string& timeout) {
  const auto limit = parse_duration(timeout, "--timeout");
  return limit.count() == 0 ? std::chrono::hours(24) : limit;
}

core::HostPort parse_connect(const std::string& text) {
  if (text.empty()) return {};
  try {
    if (auto target = core::parse_host_port(text); target.port != 0) return target;
  } catch (const Error&) {  // said below
  }
  throw Error(ErrorKind::usage, fmt::format("--connect: \"{}\" is no HOST:PORT", text),
              "for example --connect 127.0.0.1:20880, with brackets around an IPv6 address");
}

void check_via(const std::string& via) {
  if (via == "direct" || via == "port-forward" || via == "auto") return;
  core::refuse_choice("--via", via, {"direct", "port-forward", "auto"});
}

constexpr const char* kReachingAnyway =
    "--connect HOST:PORT or --via direct reaches providers all the same";

// What a snapshot was taken of is elsewhere, or gone.
class OfflineDialer final : public core::Dialer {
 public:
  explicit OfflineDialer(bool file_given) : file_given_(file_given) {}

  std::unique_ptr<core::Stream> dial(const core::PodPort& /*target*/,
                                     core::Deadline /*deadline*/) override {
    throw Error(ErrorKind::unreachable, "with --snapshot no provider is asked",
                file_given_
                    ? kReachingAnyway
                    : fmt::format("--metadata-file gives the MetadataInfo; {}", kReachingAnyway));
  }

 private:
  bool file_given_;
};

// By revision; of a MetadataInfo that names none, the one that is computed.
core::MetadataByRevision known_from(std::vector<core::MetadataInfo> infos) {
  core::MetadataByRevision known;
  for (auto& info : infos) {
    auto revision = info.revision.empty() ? info.compute_revision() : info.revision;
    known.emplace(std::move(revision), std::move(info));
  }
  return known;
}

core::MetadataByRevision known_from_file(const std::string& argument) {
  try {
    return known_from(core::parse_metadata_file(text_of_file(argument)));
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("--metadata-file: {}", error.what()), error.hint());
  }
}

// That a file fits none of the revisions, and of which it is.
std::vector<core::Warning> warnings_about_file(const core::MetadataByRevision& known,
                                               const std::vector<core::RevisionGroup>& groups) {
  const bool fits = std::ranges::any_of(
      groups, [&](const auto& group) { return known.contains(group.revision); });
  if (fits || groups.empty()) return {};
  core::Warning warning{core::WarningCode::metadata_file_of_others, {}, {}, {}, {}, {}};
  warning.detail = "no MetadataInfo";
  if (!known.empty()) {
    const auto& [revision, info] = *known.begin();
    warning.detail = core::short_text(fmt::format("revision {} of \"{}\"", revision, info.app));
  }
  if (known.size() > 1) warning.detail += fmt::format(" and {} more", known.size() - 1);
  return {warning};
}

}  // namespace

void declare_reach(CLI::App& app, ReachOptions& options, bool with_timeout) {
  constexpr const char* kGroup = kReachGroup;
  app.add_option("--via", options.via,
                 "How pods are reached: port-forward is through the API server, auto direct when "
                 "that works")
      ->group(kGroup)
      ->type_name("direct|port-forward|auto");
  app.add_option("--connect", options.connect, "Connect there, whatever the pod's address")
      ->group(kGroup)
      ->type_name("HOST:PORT");
  if (with_timeout) {
    app.add_option("--timeout", options.timeout,
                   "How long a pod may take to answer; default 5s, 0: no limit")
        ->group(kGroup)
        ->type_name("DURATION");
  }
  app.add_option("--concurrency", options.concurrency, "Pods that are asked at once; default 16")
      ->group(kGroup)
      ->check(CLI::Range(1, 256).description(""))
      ->type_name("N");
  app.add_option("--metadata-port", options.metadata_port,
                 "Port of the MetadataService of pods that registered none")
      ->group(kGroup)
      ->check(CLI::Range(1, 65535).description(""))
      ->type_name("PORT");
  app.add_option("--metadata-file", options.metadata_file,
                 "A MetadataInfo, or what `podreg metadata -o json` printed, instead of asking")
      ->group(kGroup)
      ->type_name("@FILE");
  app.add_flag("--allow-foreign-hosts", options.allow_foreign_hosts,
               "Ask a MetadataService that is said to be at another address than its pod's")
      ->group(kGroup);
}

Reach::Reach(const ReachOptions& options, Context& context)
    : options_(options),
      context_(context),
      timeout_(limit_of(options.timeout)),
      direct_(std::make_unique<rpc::TcpDialer>(parse_connect(options.connect))) {
  check_via(options.via);
  const bool forwards = options.via == "port-forward";
  const bool in_pod = context.environment().variable("KUBERNETES_SERVICE_HOST").has_value();
  const bool here = !forwards && (!options.connect.empty() || options.via == "direct" || in_pod);
  if (forwards && !options.connect.empty()) {
    throw Error(ErrorKind::usage, "--connect and --via port-forward exclude each other");
  }
  if (forwards && context.connection() == nullptr) {
    throw Error(ErrorKind::usage, "--via port-forward needs an API server, not a snapshot");
  }
  offline_ = context.uses_snapshot() && options.connect.empty() && options.via != "direct";
  if (offline_) direct_ = std::make_unique<OfflineDialer>(!options.metadata_file.empty());
  dialer_ = &logged(*direct_, options.connect.empty() ? std::string("directly")
                                                      : "by --connect at " + options.connect);
  if (here || context.connection() == nullptr) return;
  forward_ =
      std::make_unique<k8s::PortForward>(*context.connection(), context.allows_plaintext_token());
  core::Dialer& direct = *dialer_;
  core::Dialer& forward = logged(*forward_, "through the API server");
  dialer_ = &forward;
  if (forwards) return;
  const auto tell = [this](bool directly) {
    if (context_.verbose())
      show_note(fmt::format("--via auto is {} from now on", directly ? "direct" : "port-forward"),
                context_.streams().err);
  };
  choosing_ = std::make_unique<rpc::ChoosingDialer>(direct, forward, kPatience, tell);
  dialer_ = choosing_.get();
}

core::Dialer& Reach::logged(core::Dialer& dialer, const std::string& way) {
  if (!context_.verbose() || offline_) return dialer;
  return *logging_.emplace_back(
      std::make_unique<LoggingDialer>(dialer, way, context_.streams().err));
}

Reach::~Reach() = default;

core::Dialer& Reach::dialer() {
  if (offline_) {
    throw Error(ErrorKind::unreachable, "with --snapshot no provider is connected to",
                kReachingAnyway);
  }
  return *dialer_;
}

core::MetadataGathering Reach::metadata_of(std::vector<core::RevisionGroup> groups,
                                           rpc::MetadataCache* cache) {
  rpc::GatheringOptions gathering;
  gathering.cache = cache;
  gathering.concurrency = options_.concurrency;
  gathering.timeout = timeout_;
  gathering.seed = std::random_device()();
  gathering.known = known();
  Progress progress(context_, "asking providers");
  gathering.on_progress = [&](const rpc::Tally& tally) { progress.show(tally); };
  rpc::MetadataService::Options service;
  if (options_.metadata_port != 0) service.default_port = options_.metadata_port;
  service.foreign_hosts = options_.allow_foreign_hosts;
  rpc::MetadataService source(*dialer_, service);
  LoggingSource logging(source, context_.streams().err);
  core::MetadataSource& asked =
      context_.verbose() && !offline_ ? static_cast<core::MetadataSource&>(logging) : source;
  const auto about_file = options_.metadata_file.empty()
                              ? std::vector<core::Warning>()
                              : warnings_about_file(gathering.known, groups);
  auto gathered = rpc::gather_metadata(asked, std::move(groups), gathering);
  for (auto& revision : gathered.revisions) name_what_answered(revision.source);
  core::put_first(gathered.warnings, about_file);
  return gathered;
}

// Standard input can be read only once.
const core::MetadataByRevision& Reach::known() {
  if (!known_) {
    known_.emplace();
    if (!options_.metadata_file.empty()) {
      known_ = known_from_file(options_.metadata_file);
    } else if (offline_) {
      known_ = known_from(context_.snapshot_metadata());
    }
  }
  return *known_;
}

// With --connect that is not at the address that is registered.
void Reach::name_what_answered(std::string& source) const {
  const auto scheme = source.find("://");
  if (options_.connect.empty() || scheme == std::string::npos) return;
  source = source.substr(0, scheme + 3) + options_.connect;
}

}  // namespace podreg::cli
