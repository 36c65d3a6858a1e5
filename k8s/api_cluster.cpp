#include "k8s/api_cluster.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <unordered_set>
#include <utility>

#include "core/error.h"
#include "k8s/media_types.h"
#include "k8s/pod_document.h"
#include "k8s/pod_list.h"
#include "k8s/read_errors.h"
#include "k8s/response_body.h"

namespace podreg::k8s {
namespace {

using core::Error;
using core::ErrorKind;

constexpr int kUnprocessable = 422;

// Collects what belongs together by namespace and name, in that order.
class StateMap {
 public:
  explicit StateMap(core::EndpointSource source) : source_(source) {}

  core::ServiceState& at(const std::string& ns, const std::string& name) {
    auto& state = states_[{ns, name}];
    state.ns = ns;
    state.name = name;
    state.source = source_;
    return state;
  }

  void add(core::Service&& service) {
    auto& state = at(service.ns, service.name);
    state.service = std::move(service);
  }

  void add(core::Endpoints&& endpoints) {
    auto& state = at(endpoints.ns, endpoints.name);
    state.endpoints = std::move(endpoints);
  }

  void add(core::EndpointSlice&& slice) {
    if (slice.service.empty()) return;
    auto& slices = slices_[{slice.ns, slice.service}];
    std::string name = slice.name;
    slices.insert_or_assign(std::move(name), std::move(slice));
  }

  // For a list that begins anew.
  void forget_services() {
    for (auto& [key, state] : states_) state.service.reset();
  }
  void forget_addresses() {
    for (auto& [key, state] : states_) state.endpoints.reset();
    slices_.clear();
  }

  // Throws Error(invalid_data) when there is an object that was not asked for.
  std::vector<core::ServiceState> take(const core::ServiceQuery& query) {
    for (auto& [key, slices] : slices_) {
      std::vector<const core::EndpointSlice*> all;
      all.reserve(slices.size());
      for (const auto& [name, slice] : slices) all.push_back(&slice);
      at(key.first, key.second).endpoints = merge(all);
      slices.clear();
    }
    std::vector<core::ServiceState> result;
    result.reserve(states_.size());
    for (auto& [key, state] : states_) {
      if (!state.service && !state.endpoints) continue;
      if ((query.ns && *query.ns != key.first) || (query.name && *query.name != key.second)) {
        throw Error(ErrorKind::invalid_data,
                    fmt::format("the API server answered with {}/{}, which was not asked for",
                                key.first, key.second));
      }
      result.push_back(std::move(state));
    }
    return result;
  }

 private:
  using Key = std::pair<std::string, std::string>;
  core::EndpointSource source_;
  std::map<Key, core::ServiceState> states_;
  std::map<Key, std::map<std::string, core::EndpointSlice>> slices_;  // by their own names
};

// Passes each pod once, also when parts of a list are read again.
class OncePerPod {
 public:
  OncePerPod(const core::PodSink& sink, bool with_labels)
      : sink_(sink), with_labels_(with_labels) {}

  std::size_t count() const { return passed_.size(); }

  void operator()(const core::PodView& pod) {
    key_.assign(pod.ns).append("/").append(pod.name);
    if (!passed_.insert(key_).second) return;
    core::PodView view = pod;
    if (!with_labels_) view.labels = nullptr;
    sink_(view);
  }

 private:
  const core::PodSink& sink_;
  bool with_labels_;
  std::string key_;
  std::unordered_set<std::string> passed_;
};

ApiCall call_of(const ApiResource& resource, const core::ServiceQuery& query) {
  if (!query.name) return {resource, query.ns};
  const bool has_its_name = resource.plural != kEndpointSlices.plural;
  if (query.ns && has_its_name) return {resource, query.ns, query.name};
  return list_of_service(resource, query.ns, *query.name);
}

}  // namespace

ApiCluster::ApiCluster(Connection connection, ApiOptions options)
    : requests_(std::move(connection), std::move(options)) {}

std::vector<core::ServiceState> ApiCluster::services(const core::ServiceQuery& query) {
  const bool sliced = query.source == core::EndpointSource::endpointslices;
  StateMap states(query.source);
  std::optional<core::Labels> selector;
  ObjectSink service_sink;
  service_sink.service = [&](core::Service&& service) {
    selector = service.selector;
    states.add(std::move(service));
  };
  ObjectSink address_sink;
  if (sliced) {
    address_sink.endpoint_slice = [&](core::EndpointSlice&& slice) {
      states.add(std::move(slice));
    };
  } else {
    address_sink.endpoints = [&](core::Endpoints&& found) { states.add(std::move(found)); };
  }

  auto services = requests_.ask(requests_.paged(call_of(kServices, query)));
  auto addresses =
      requests_.ask(requests_.paged(call_of(sliced ? kEndpointSlices : kEndpoints, query)));
  requests_.read_objects(std::move(services), service_sink, [&] { states.forget_services(); });
  if (query.then_pods) pods_begun_.reset();
  if (query.then_pods && query.name && query.ns && selector) {
    pods_begun_ = ask_pods({query.ns, *selector});
  }
  requests_.read_objects(std::move(addresses), address_sink, [&] { states.forget_addresses(); });
  return states.take(query);
}

void ApiCluster::pods(const core::PodQuery& query, const core::PodSink& sink) {
  OncePerPod once(sink, query.with_labels);
  const core::PodSink pass = std::ref(once);
  ObjectSink json_sink;
  json_sink.pod = pass;
  PageReader reader;
  reader.read = [&](ByteSource& body, const std::string& type, const std::string& name) {
    if (media_type(type) == kProtobufType)
      return read_pod_list(body, name, query.with_labels, pass);
    if (media_type(type) != kJsonType) throw requests_.unexpected(type);
    return read_json(body, name, std::string(kPods.kind), json_sink);
  };
  reader.objects = [&] { return once.count(); };
  requests_.read_pages(ask_pods(query), reader);
}

// What has been begun, when it is the same list.
ApiAnswer ApiCluster::ask_pods(const core::PodQuery& query) {
  ApiCall call = requests_.paged({kPods, query.ns, {}, core::to_string(query.selector)});
  auto begun = std::exchange(pods_begun_, std::nullopt);
  if (begun && begun->call.target() == call.target()) return *std::move(begun);
  return requests_.ask(std::move(call), kPodListTypes);
}

std::optional<core::Pod> ApiCluster::pod(const std::string& ns, const std::string& name) {
  auto asked = requests_.ask({kPods, ns, name});
  while (requests_.exists(asked)) {
    Response& response = *asked.response;
    auto pod = read_body(
        response, [&](ByteSource& body) { return read_one_pod(response, body, asked.call); });
    if (pod) return pod;
  }
  return std::nullopt;
}

core::Pod ApiCluster::read_one_pod(Response& response, ByteSource& body, const ApiCall& call) {
  const std::string type = response.header("Content-Type");
  if (media_type(type) != kJsonType) throw requests_.unexpected(type);
  return without_hint([&] { return read_pod(body, requests_.name_of(call)); });
}

std::string ApiCluster::annotate(const core::Pod& pod, const std::optional<std::string>& value,
                                 const core::WriteOptions& options) {
  if (!value && !pod.annotation) return pod.resource_version;
  ApiCall call{kPods, pod.ns, pod.name};
  call.patch = true;
  call.dry_run = options.dry_run == core::DryRun::server;
  call.field_manager = options.field_manager;
  auto response =
      requests_.transport().start({call.target(), kPodTypes, "PATCH", "application/json-patch+json",
                                   registration_patch(pod, value)});
  ApiAnswer asked{std::move(call), kPodTypes, std::move(response)};
  const int status = requests_.status_of(asked);
  if (status != 200) throw_patch_error(pod, asked.call, read_failure(*asked.response, status));
  return read_one_pod(*asked.response, *asked.response, asked.call).resource_version;
}

// A patch that does not fit the pod as it is now is 422, whatever versions it names, and so is a
// value that is not accepted: the server does not tell one from the other, but the pod does.
void ApiCluster::throw_patch_error(const core::Pod& pod, const ApiCall& call,
                                   const FailedAnswer& answer) {
  const Error error = requests_.error_of(call, answer);
  bool gone = is_absent(call, answer);
  if (answer.status == kUnprocessable) {
    const auto now = this->pod(pod.ns, pod.name);
    if (now && now->resource_version != pod.resource_version) {
      throw Error(ErrorKind::conflict,
                  fmt::format("{} has changed since it was read", call.object()));
    }
    gone = !now;
  }
  if (gone) {
    throw Error(ErrorKind::not_found,
                fmt::format("pod \"{}\" not found in namespace \"{}\"", pod.name, pod.ns));
  }
  throw Error(error);
}

}  // namespace podreg::k8s
