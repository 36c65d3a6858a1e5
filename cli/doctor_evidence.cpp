#include "cli/doctor_evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "cli/context.h"
#include "cli/doctor_accounts.h"
#include "cli/progress.h"
#include "core/names.h"
#include "core/nearest_interface.h"
#include "core/short_text.h"
#include "k8s/system_clock.h"
#include "rpc/prober.h"

namespace podreg::cli {

using core::Error;
using core::ErrorKind;
using doctor::Source;

namespace {

// Of so many ServiceAccounts the API server is asked what they may do.
constexpr std::size_t kAccounts = 50;

constexpr const char* kNoProbe = "--no-probe";

std::optional<Source> source_of(std::string_view resource) {
  if (resource == "services") return Source::services;
  if (resource == "endpoints") return Source::endpoints;
  if (resource == "endpointslices") return Source::slices;
  if (resource == "pods") return Source::pods;
  return std::nullopt;
}

// Whether nobody can tell anything without the API server, as opposed to a mistake of the user's.
bool is_about_connection(const Error& error) {
  return error.kind() == ErrorKind::unreachable || error.kind() == ErrorKind::not_allowed;
}

// The first `all` of them, and of the others one of each port of a pod: Services have so many that
// one service has to do for all.
std::vector<core::DerivedUrl> to_be_probed(const std::vector<core::DerivedUrl>& urls,
                                           std::size_t all) {
  std::set<std::tuple<std::string_view, std::string_view, std::string_view, int>> seen;
  std::vector<core::DerivedUrl> result;
  for (const auto& url : urls) {
    const bool is_new = seen.emplace(url.ns, url.pod, url.url.protocol, url.url.port).second;
    if (is_new || result.size() < all) result.push_back(url);
  }
  return result;
}

// Each URL of a pod once.
void drop_repeated(std::vector<core::DerivedUrl>& urls) {
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  std::erase_if(urls, [&](const core::DerivedUrl& url) {
    return !seen.emplace(url.ns, url.pod, url.url.to_string()).second;
  });
}

// The Services of this name, in whichever namespace.
core::ObjectsQuery query_of_all(const std::string& name) {
  core::ObjectsQuery query;
  query.services = {name};
  query.with_endpoints = query.with_slices = query.with_pods = false;
  return query;
}

std::string pod_name(const std::string& consumer) {
  std::string name = consumer.starts_with("pod/") ? consumer.substr(4) : consumer;
  core::check_pod_name(name);
  return name;
}

}  // namespace

DoctorEvidence::DoctorEvidence(const DoctorOptions& options, Context& context)
    : options_(options), context_(context) {
  question_.unwanted = unwanted_codes(options);
  check_target_options(options.target);
  for (const auto& target : options.target.targets) {
    if (names_interface(target)) {
      queries_.push_back(query_of(target, options.target.match));
    } else {
      core::check_service_name(target);
      question_.services.push_back(target);
    }
  }
  named_ = {question_.services.begin(), question_.services.end()};
  question_.everything = options.target.targets.empty();
  sources_ = doctor::sources_of(question_);
}

doctor::Evidence DoctorEvidence::gather() {
  const bool offline = context_.uses_snapshot();
  if (!offline) evidence_.now = k8s::SystemClock().now_milliseconds();
  evidence_.everything = question_.everything;
  evidence_.connection.registering_disabled = context_.registering_disabled();
  evidence_.connection.certificate_not_checked = context_.trusts_every_server();
  if (offline) {
    miss(Source::server, "");
    miss(Source::date, "");
  }
  if (!context_.has_registry_url()) miss(Source::registry_url, "");
  if (queries_.empty()) miss(Source::mapping, "");
  if (options_.consumer.empty()) miss(Source::consumer, "");
  try {
    read_objects();
  } catch (const Error& error) {
    if (!is_about_connection(error)) throw;
    evidence_.failed = error;
    return std::move(evidence_);
  }
  resolve_interfaces();
  look_elsewhere();
  // Many, when everything is looked at; without these the Services are looked at one by one.
  const bool asks = needs(Source::metadata) && !options_.no_probe;
  if (asks || !options_.consumer.empty())
    evidence_.instances = doctor::instances_of(evidence_.objects, question_);
  find_consumer();
  ask_about_accounts();
  ask_the_time();
  ask_for_metadata();
  probe();
  return std::move(evidence_);
}

void DoctorEvidence::miss(Source source, std::string reason) {
  evidence_.missing.emplace(source, std::move(reason));
}

void DoctorEvidence::read_objects() {
  auto& reader = context_.objects();
  question_.ns = context_.ns();
  core::ObjectsQuery query;
  query.ns = question_.ns;
  // Something has to be read to know whether the API server answers.
  query.with_services = needs(Source::services) || needs(Source::server) || needs(Source::date);
  query.with_endpoints = needs(Source::endpoints);
  query.with_slices = needs(Source::slices);
  query.with_pods = needs(Source::pods) || !options_.consumer.empty();
  evidence_.objects = reader.read(query);
  for (const auto& unread : evidence_.objects.unread) {
    const auto source = source_of(unread.resource);
    if (source) miss(*source, fmt::format("not allowed to list {}", unread.resource));
  }
  if (evidence_.objects.slices.empty()) {
    const bool any = !evidence_.objects.endpoints.empty();
    miss(Source::slices, any ? "there are no EndpointSlices" : "");
  }
}

// Where the Services are that the namespace does not have.
void DoctorEvidence::look_elsewhere() {
  if (!question_.ns || !evidence_.objects.was_read("services")) return;
  for (const auto& name : question_.services) {
    if (is_service(name)) continue;
    evidence_.elsewhere[name] = context_.snapshot_namespaces_of(name);
    if (context_.uses_snapshot()) continue;
    try {
      for (const auto& service : context_.objects().read(query_of_all(name)).services)
        evidence_.elsewhere[name].push_back(service.ns);
    } catch (const Error&) {
      return;  // who may not look there does without
    }
  }
}

void DoctorEvidence::resolve_interfaces() {
  if (queries_.empty()) return;
  context_.cluster();
  resolver_ =
      std::make_unique<InterfaceResolver>(options_.target.mapping, options_.target.reach, context_);
  const core::ProviderIndex* cluster = nullptr;
  try {
    if (!options_.no_probe) cluster = &resolver_->registry().providers;
  } catch (const Error& error) {
    if (!is_about_connection(error)) throw;
    miss(Source::metadata, core::short_text(error.what()));
  }
  auto report = core::report_mappings(queries_, resolver_->stated(), cluster, true);
  evidence_.mapping_warnings = std::move(report.warnings);
  for (const auto& query : queries_) {
    doctor::InterfaceQuestion one{query, {}, {}};
    for (const auto& mapping : report.mappings) {
      if (mapping.interface != query.match.interface) continue;
      one.mappings.push_back(mapping);
      std::ranges::copy_if(mapping.applications(), std::back_inserter(question_.services),
                           [&](const std::string& name) { return is_service(name); });
    }
    const auto near = cluster == nullptr
                          ? std::vector<std::string>()
                          : core::nearest_interfaces(query.match.interface, cluster->interfaces());
    if (!near.empty()) one.nearest = near.front();
    evidence_.interfaces.push_back(std::move(one));
  }
  if (!report.mappings.empty()) return;
  if (cluster == nullptr) return miss(Source::mapping, kNoProbe);
  // Where nobody was asked nobody knows who provides it.
  const auto& revisions = resolver_->registry().metadata.revisions;
  const auto unasked = std::ranges::find_if(revisions, [](const core::RevisionMetadata& one) {
    return !one.info && one.failure && !one.failure->asked;
  });
  if (unasked != revisions.end())
    miss(Source::mapping, core::short_text(unasked->failure->error.what()));
}

bool DoctorEvidence::is_service(const std::string& name) const {
  const auto& all = evidence_.objects.services;
  return std::ranges::find(all, name, &core::Service::name) != all.end();
}

void DoctorEvidence::find_consumer() {
  if (options_.consumer.empty()) return;
  evidence_.consumer_pod = pod_name(options_.consumer);
  if (!evidence_.objects.was_read("pods"))
    return miss(Source::consumer, "not allowed to list pods");
  const auto& pods = evidence_.objects.pods;
  const auto pod = std::ranges::find(pods, evidence_.consumer_pod, &core::PodObject::name);
  if (pod == pods.end()) {
    throw Error(ErrorKind::not_found, fmt::format("--consumer: pod \"{}\" not found in {}",
                                                  evidence_.consumer_pod, in_words(question_.ns)));
  }
  evidence_.accounts.push_back(account_of_consumer(*pod));
  const auto registration = core::Registration::read(pod->annotation);
  if (!registration.metadata || pod->addresses.empty()) {
    return miss(Source::consumer, "the consumer is not registered itself");
  }
  core::Instance instance{"",        pod->ns,   pod->addresses.front(), 0,
                          pod->name, pod->node, registration.metadata};
  for (const auto& service : evidence_.objects.services) {
    const bool is_its = service.ns == pod->ns && !service.selector.empty() &&
                        core::matches(service.selector, *pod->labels);
    if (is_its) instance.service_name = service.name;
  }
  evidence_.consumer_instance = std::move(instance);
}

void DoctorEvidence::ask_about_accounts() {
  if (!needs(Source::accounts)) return;
  if (context_.uses_snapshot()) {
    return miss(Source::accounts, "a snapshot has no permissions");
  }
  auto accounts = doctor::accounts_of(evidence_.objects, question_);
  if (accounts.size() > kAccounts) {
    miss(Source::accounts, fmt::format("there are {}: name the Services", accounts.size()));
    accounts.clear();
  }
  std::ranges::move(accounts, std::back_inserter(evidence_.accounts));
  try {
    review_accounts(context_.access(), evidence_.accounts);
  } catch (const Error& error) {
    miss(Source::accounts, error.kind() == ErrorKind::not_allowed
                               ? "not allowed to create subjectaccessreviews"
                               : core::short_text(error.what()));
  }
}

void DoctorEvidence::ask_the_time() {
  if (context_.uses_snapshot() || !needs(Source::date)) return;
  evidence_.clock_behind = clock_difference(context_.access());
  if (!evidence_.clock_behind) miss(Source::date, "the API server did not say");
}

Reach& DoctorEvidence::reach() {
  context_.cluster();
  if (!resolver_) {
    resolver_ = std::make_unique<InterfaceResolver>(options_.target.mapping, options_.target.reach,
                                                    context_);
  }
  return *resolver_->reach();
}

void DoctorEvidence::ask_for_metadata() {
  if (!needs(Source::metadata)) return;
  if (options_.no_probe) {
    miss(Source::metadata, kNoProbe);
    return miss(Source::probes, kNoProbe);
  }
  auto asked = evidence_.instances;
  if (evidence_.consumer_instance) asked.push_back(*evidence_.consumer_instance);
  try {
    auto gathered = reach().metadata_of(core::group_by_revision(asked));
    evidence_.metadata_warnings = std::move(gathered.warnings);
    for (auto& revision : gathered.revisions) {
      if (revision.info && is_consumers(revision.group))
        evidence_.consumer_metadata = revision.info;
      evidence_.revisions.push_back(std::move(revision));
    }
  } catch (const Error& error) {
    if (!is_about_connection(error)) throw;
    miss(Source::metadata, core::short_text(error.what()));
  }
  note_nobody_asked();
}

// Whether the pod of --consumer is one of its instances, which may be replicas of each other.
bool DoctorEvidence::is_consumers(const core::RevisionGroup& group) const {
  const auto& consumer = evidence_.consumer_instance;
  return consumer && std::ranges::any_of(group.instances, [&](const core::Instance& one) {
           return one.ns == consumer->ns && one.pod == consumer->pod;
         });
}

// Where nobody was reached at all it says more about this machine than about the providers.
void DoctorEvidence::note_nobody_asked() {
  if (evidence_.revisions.empty()) return miss(Source::metadata, "nothing is registered");
  const core::PodFailure* first = nullptr;
  for (const auto& revision : evidence_.revisions) {
    if (revision.info || (revision.failure && revision.failure->asked)) return;
    if (revision.failure && first == nullptr) first = &*revision.failure;
  }
  if (first != nullptr) miss(Source::metadata, core::short_text(first->error.what()));
}

// Those of interfaces, then all others of the Services that the command line itself names. Returns
// how many are of interfaces.
std::size_t DoctorEvidence::derive_urls() {
  const auto metadata = core::by_revision(evidence_.revisions);
  const auto& match = options_.target.match;
  auto& urls = evidence_.urls;
  if (queries_.empty()) {
    urls = core::derive_urls(evidence_.instances, metadata, match);
    return 0;
  }
  for (const auto& query : queries_) {
    std::ranges::move(core::derive_urls(evidence_.instances, metadata, query.match),
                      std::back_inserter(urls));
  }
  drop_repeated(urls);
  const auto of_interfaces = urls.size();
  std::vector<core::Instance> named;
  std::ranges::copy_if(
      evidence_.instances, std::back_inserter(named),
      [&](const core::Instance& one) { return named_.contains(one.service_name); });
  std::ranges::move(core::derive_urls(named, metadata, match), std::back_inserter(urls));
  drop_repeated(urls);
  return of_interfaces;
}

void DoctorEvidence::probe() {
  const auto missing = evidence_.missing.find(Source::metadata);
  if (!needs(Source::probes)) return;
  if (missing != evidence_.missing.end()) return miss(Source::probes, missing->second);
  const auto of_interfaces = derive_urls();
  rpc::ProbePlan plan;
  plan.concurrency = options_.target.reach.concurrency;
  plan.timeout = reach().timeout();
  Progress progress(context_, "probing URLs");
  plan.on_progress = [&](const rpc::Tally& tally) { progress.show(tally); };
  try {
    evidence_.probes =
        rpc::probe_all(reach().dialer(), to_be_probed(evidence_.urls, of_interfaces), plan);
  } catch (const Error& error) {
    if (!is_about_connection(error)) throw;
    miss(Source::probes, core::short_text(error.what()));
  }
}

}  // namespace podreg::cli
