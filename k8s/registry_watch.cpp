#include "k8s/registry_watch.h"

#include <algorithm>
#include <set>

#include "k8s/system_clock.h"

namespace podreg::k8s {
namespace {

const TransportOptions& transport_part(const WatchOptions& options) { return options; }

Reflector::Subject subject_of_service(const ApiResource& resource, const core::WatchQuery& query,
                                      const std::string& name) {
  return {list_of_service(resource, query.ns, name)};
}

bool uses_slices(const core::WatchQuery& query) {
  return query.source == core::EndpointSource::endpointslices;
}

const ApiResource& address_resource(const core::WatchQuery& query) {
  return uses_slices(query) ? kEndpointSlices : kEndpoints;
}

Reflector::Subject pod_subject(const std::string& ns, const std::string& selector) {
  return {{kPods, ns, {}, selector}, kPodListTypes, kPodTypes};
}

}  // namespace

RegistryWatch::Named::Named(ReflectorContext& context, const core::WatchQuery& query,
                            std::string service)
    : name(std::move(service)),
      service_reflector(context, subject_of_service(kServices, query, name), services),
      address_reflector(context, subject_of_service(address_resource(query), query, name),
                        uses_slices(query) ? static_cast<ObjectStore&>(slices) : endpoints) {}

RegistryWatch::Selected::Selected(ReflectorContext& context, const std::string& ns,
                                  const std::string& selector)
    : reflector(context, pod_subject(ns, selector), pods) {}

RegistryWatch::RegistryWatch(Connection connection, const WatchOptions& options,
                             core::WatchQuery query)
    : clock_(options.clock != nullptr ? *options.clock : system_clock()),
      jitter_(options.jitter ? options.jitter : random_share),
      wake_descriptor_(options.wake_descriptor),
      query_(std::move(query)),
      transport_(std::move(connection), transport_part(options)),
      warnings_(options.on_warning),
      context_{transport_,          clock_, jitter_, options.timing, warnings_, options.on_trouble,
               options.largest_list} {
  for (const std::string& name : query_.services) named_.emplace_back(context_, query_, name);
}

template <typename Visit>
void RegistryWatch::for_each_reflector(Visit visit) {
  for (Named& named : named_) {
    visit(named.service_reflector);
    visit(named.address_reflector);
  }
  for (auto& [key, selected] : selected_) visit(selected.reflector);
}

bool RegistryWatch::wait(std::chrono::milliseconds limit) {
  const std::int64_t end = clock_.steady_milliseconds() + limit.count();
  for (;;) {
    step();
    if (take_changed()) return true;
    std::int64_t until = end;
    for_each_reflector([&](const Reflector& one) { until = std::min(until, one.next_step_at()); });
    const std::int64_t now = clock_.steady_milliseconds();
    if (now >= end) return false;
    const auto pause = std::chrono::milliseconds(std::max<std::int64_t>(0, until - now));
    if (transport_.wait(pause, wake_descriptor_)) return false;
  }
}

void RegistryWatch::step() {
  transport_.work();
  for_each_reflector([](Reflector& one) { one.step(); });
  if (context_.is_silent) begin_again();
  follow_selectors();
  if (!context_.is_established) context_.is_established = all_watched();
}

bool RegistryWatch::all_watched() {
  bool all = true;
  for_each_reflector(
      [&](const Reflector& one) { all = all && one.has_listed() && one.has_watched(); });
  return all;
}

std::string RegistryWatch::failure() {
  std::string found;
  for_each_reflector([&](const Reflector& one) {
    if (found.empty()) found = one.failure();
  });
  return found;
}

// Other watches of the same connection would find out later.
void RegistryWatch::begin_again() {
  context_.is_silent = false;
  for_each_reflector([](Reflector& one) { one.interrupt(); });
  transport_.hang_up();
}

// Pods of selectors that have come and gone count as changes: what belongs together is different.
bool RegistryWatch::take_changed() {
  bool changed = false;
  for (Named& named : named_) {
    changed |= named.services.take_changed();
    changed |= named.endpoints.take_changed();
    changed |= named.slices.take_changed();
  }
  for (auto& [key, selected] : selected_) changed |= selected.pods.take_changed();
  return changed;
}

void RegistryWatch::follow_selectors() {
  std::set<SelectorKey> wanted;
  for (const Named& named : named_) {
    for (const auto& [key, service] : named.services.objects())
      wanted.emplace(service.ns, core::to_string(service.selector));
  }
  std::erase_if(selected_, [&](const auto& one) { return !wanted.contains(one.first); });
  for (const SelectorKey& key : wanted) {
    const auto [place, is_new] = selected_.try_emplace(key, context_, key.first, key.second);
    if (is_new) place->second.reflector.step();
  }
}

bool RegistryWatch::consistent() const {
  const bool named = std::ranges::all_of(named_, [](const Named& one) {
    return one.service_reflector.has_listed() && one.address_reflector.has_listed();
  });
  return named && std::ranges::all_of(
                      selected_, [](const auto& one) { return one.second.reflector.has_listed(); });
}

std::vector<core::WatchedService> RegistryWatch::services() const {
  States states;
  for (const Named& named : named_) add_states(named, states);
  std::vector<core::WatchedService> result;
  result.reserve(states.size());
  for (auto& [key, state] : states) {
    const auto* pods = pods_of(state);
    result.push_back({std::move(state), pods});
  }
  return result;
}

void RegistryWatch::add_states(const Named& named, States& states) const {
  const auto at = [&](const std::string& ns) -> core::ServiceState& {
    auto& state = states[{ns, named.name}];
    state.ns = ns;
    state.name = named.name;
    state.source = query_.source;
    return state;
  };
  for (const auto& [key, service] : named.services.objects()) {
    if (key.second == named.name) at(key.first).service = service;
  }
  for (const auto& [key, endpoints] : named.endpoints.objects()) {
    if (key.second == named.name) at(key.first).endpoints = endpoints;
  }
  std::map<std::string, std::vector<const core::EndpointSlice*>> slices;
  for (const auto& [key, slice] : named.slices.objects()) {
    if (slice.service == named.name) slices[key.first].push_back(&slice);
  }
  for (const auto& [ns, of_service] : slices) at(ns).endpoints = core::merge(of_service);
}

const core::WatchedPods* RegistryWatch::pods_of(const core::ServiceState& state) const {
  if (!state.service) return nullptr;
  const auto found = selected_.find({state.ns, core::to_string(state.service->selector)});
  return found == selected_.end() ? nullptr : &found->second.pods.pods();
}

}  // namespace podreg::k8s
