#include "k8s/snapshot_cluster.h"

#include <algorithm>

#include "core/error.h"
#include "k8s/file_replace.h"
#include "k8s/file_source.h"
#include "k8s/gzip.h"
#include "k8s/snapshot_edit.h"
#include "k8s/snapshot_files.h"

namespace podreg::k8s {
namespace {

core::Error no_such_pod(const core::Pod& pod) {
  return {core::ErrorKind::not_found,
          "pod \"" + pod.name + "\" not found in namespace \"" + pod.ns + "\""};
}

// Passes on what it reads, and keeps a copy.
class Copying : public ByteSource {
 public:
  Copying(ByteSource& source, std::string& copy) : source_(source), copy_(copy) {}

  std::string_view next() override {
    const auto piece = source_.next();
    copy_ += piece;
    return piece;
  }

 private:
  ByteSource& source_;
  std::string& copy_;
};

core::PodView view_of(const core::Pod& pod) {
  core::PodView view{pod.ns, pod.name, {}, &pod.labels};
  if (pod.annotation) view.annotation = *pod.annotation;
  return view;
}

template <typename Value>
void each_of(const std::map<std::pair<std::string, std::string>, Value>& values,
             const core::ServiceQuery& query, const auto& visit) {
  for (const auto& [key, value] : values) {
    if (query.ns && *query.ns != key.first) continue;
    if (query.name && *query.name != key.second) continue;
    visit(key, value);
  }
}

}  // namespace

SnapshotCluster::SnapshotCluster(const std::vector<std::string>& paths, SnapshotInterest interest)
    : interest_(std::move(interest)) {
  const auto files = snapshot_files(paths);
  read(files);
  find_silent_services();
  if (pods_.is_missing_dropped() || (dropped_registered_ && !silent_->empty())) {
    read_pods_again(files);
  }
  pods_.forget_dropped();
  if (!interest_.all_pods) prune_pods();
  silent_.reset();
  merge_slices();
}

// Who asks for named Services does not ask for those.
void SnapshotCluster::find_silent_services() {
  if (!interest_.services.empty()) {
    silent_.emplace(std::map<Key, core::Service>{}, endpoints_, slices_);
  } else {
    silent_.emplace(services_, endpoints_, slices_);
  }
}

void SnapshotCluster::prune_pods() {
  std::vector<Key> kept;
  if (!silent_->empty()) {
    pods_.list({{}, {}, true}, [&](const core::PodView& pod) {
      if (silent_->have(pod)) kept.emplace_back(pod.ns, pod.name);
    });
  }
  for (const auto& [ns, name] : kept) pods_.want(ns, name);
  pods_.prune();
}

void SnapshotCluster::read(const std::vector<std::string>& files) {
  read_all(files, [this](const std::string& file) {
    auto summary = read_file(file);
    if (summary.may_be_cut) may_be_cut_.push_back(shown_name(file));
    return summary;
  });
}

ReadSummary SnapshotCluster::read_file(const std::string& file) {
  FileSource opened(file, interest_.on_read);
  const bool keep_for_later = interest_.all_pods || !opened.is_repeatable();
  const bool keep_text = interest_.whole_pods && !opened.is_repeatable();
  std::string text;
  Copying copying(opened, text);
  ByteSource& source = keep_text ? static_cast<ByteSource&>(copying) : opened;
  ObjectSink sink;
  sink.service = [this](core::Service&& service) { take(std::move(service)); };
  sink.endpoints = [this](core::Endpoints&& endpoints) { take(std::move(endpoints)); };
  sink.endpoint_slice = [this](core::EndpointSlice&& slice) { take(std::move(slice)); };
  sink.pod = [&](const core::PodView& pod) { take(pod, keep_for_later || more_addresses_); };
  collect_metadata(sink, metadata_, opened.name());
  if (interest_.whole_pods) {
    sink.whole_pod = [&](core::Pod&& pod, std::size_t) {
      take(view_of(pod), keep_for_later || more_addresses_);
      take(std::move(pod), file);
    };
  }
  auto summary = read_objects(source, opened.name(), sink);
  if (keep_text) texts_[file] = std::move(text);
  return summary;
}

void SnapshotCluster::read_pods_again(const std::vector<std::string>& files) {
  pods_.forget_dropped();
  for (const auto& file : files) {
    if (file == FileSource::kStandardInput) continue;  // its pods were all kept
    FileSource source(file, interest_.on_read);
    if (!source.is_repeatable()) continue;
    ObjectSink sink;
    sink.pod = [this](const core::PodView& pod) { take(pod, false); };
    read_objects(source, source.name(), sink);
  }
}

bool SnapshotCluster::is_of_interest(const std::string& ns, const std::string& service) {
  const auto& names = interest_.services;
  if (!names.empty() && std::ranges::find(names, service) == names.end()) {
    namespaces_.add_other(ns, service);
    return false;
  }
  namespaces_.add(ns, service);
  return !interest_.ns || *interest_.ns == ns;
}

void SnapshotCluster::take(core::Service&& service) {
  set_default_namespace(service.ns);
  if (!is_of_interest(service.ns, service.name)) return;
  Key key{service.ns, service.name};
  services_.insert_or_assign(std::move(key), std::move(service));
}

void SnapshotCluster::take(core::Endpoints&& endpoints) {
  set_default_namespace(endpoints.ns);
  const bool wanted = is_of_interest(endpoints.ns, endpoints.name);
  any_truncated_ |= wanted && endpoints.truncated;
  more_addresses_ = any_truncated_;
  if (!wanted) return;
  for (const auto& subset : endpoints.subsets) {
    for (const auto& address : subset.addresses) want(endpoints.ns, address);
    for (const auto& address : subset.not_ready_addresses) want(endpoints.ns, address);
  }
  Key key{endpoints.ns, endpoints.name};
  endpoints_.insert_or_assign(std::move(key), std::move(endpoints));
}

void SnapshotCluster::take(core::EndpointSlice&& slice) {
  set_default_namespace(slice.ns);
  more_addresses_ = any_truncated_;
  if (!is_of_interest(slice.ns, slice.service) || slice.service.empty()) return;
  for (const auto& endpoint : slice.endpoints) want(slice.ns, endpoint.address);
  Key key{slice.ns, slice.name};
  slices_.insert_or_assign(std::move(key), std::move(slice));
}

void SnapshotCluster::want(const std::string& ns, const core::EndpointAddress& address) {
  if (address.pod) pods_.want(ns, *address.pod);
}

void SnapshotCluster::take(const core::PodView& pod, bool keep_for_later) {
  auto placed = pod;
  if (placed.ns.empty()) placed.ns = kDefaultNamespace;
  namespaces_.add(placed.ns);
  if (interest_.ns && *interest_.ns != placed.ns) return;
  if (keep_for_later || pods_.is_wanted(placed.ns, placed.name) ||
      (silent_ && silent_->have(placed))) {
    pods_.put(placed);
  } else {
    dropped_registered_ |= placed.annotation && !placed.annotation->empty();
    pods_.drop(placed.ns, placed.name);
  }
}

void SnapshotCluster::take(core::Pod&& pod, const std::string& file) {
  set_default_namespace(pod.ns);
  if (interest_.ns && *interest_.ns != pod.ns) return;
  const auto& names = interest_.pods;
  if (!names.empty() && std::ranges::find(names, pod.name) == names.end()) return;
  Key key{pod.ns, pod.name};
  auto& known = whole_pods_[std::move(key)];
  if (!known.file.empty() && known.file != file) known.other_file = known.file;
  known.pod = std::move(pod);
  known.file = file;
}

void SnapshotCluster::merge_slices() {
  std::map<Key, std::vector<const core::EndpointSlice*>> by_service;
  for (const auto& [key, slice] : slices_) by_service[{slice.ns, slice.service}].push_back(&slice);
  for (const auto& [key, slices] : by_service) merged_slices_.emplace(key, core::merge(slices));
  slices_.clear();
}

std::vector<core::ServiceState> SnapshotCluster::services(const core::ServiceQuery& query) {
  std::map<Key, core::ServiceState> states;
  const auto state_of = [&states, &query](const Key& key) -> core::ServiceState& {
    auto& state = states[key];
    state.ns = key.first;
    state.name = key.second;
    state.source = query.source;
    return state;
  };
  each_of(services_, query, [&](const Key& key, const auto& it) { state_of(key).service = it; });
  const bool sliced = query.source == core::EndpointSource::endpointslices;
  each_of(sliced ? merged_slices_ : endpoints_, query,
          [&](const Key& key, const auto& it) { state_of(key).endpoints = it; });
  std::vector<core::ServiceState> result;
  result.reserve(states.size());
  for (auto& [key, state] : states) result.push_back(std::move(state));
  return result;
}

void SnapshotCluster::pods(const core::PodQuery& query, const core::PodSink& sink) {
  pods_.list(query, sink);
}

std::optional<core::Pod> SnapshotCluster::pod(const std::string& ns, const std::string& name) {
  const auto found = whole_pods_.find({ns, name});
  if (found != whole_pods_.end()) return found->second.pod;
  std::optional<core::Pod> kept;
  pods_.list({ns, {}, true}, [&](const core::PodView& view) {
    if (view.name != name) return;
    kept.emplace();
    kept->ns = view.ns;
    kept->name = view.name;
    kept->labels = *view.labels;
    kept->annotation = view.annotation;
  });
  return kept;
}

std::string SnapshotCluster::annotate(const core::Pod& pod, const std::optional<std::string>& value,
                                      const core::WriteOptions& options) {
  if (options.dry_run == core::DryRun::server) {
    throw core::Error(core::ErrorKind::usage,
                      "--dry-run=server is for an API server, which a snapshot does not have",
                      "use --dry-run=client");
  }
  const auto known = whole_pods_.find({pod.ns, pod.name});
  if (known == whole_pods_.end()) throw no_such_pod(pod);
  if (!known->second.other_file.empty()) {
    throw core::Error(core::ErrorKind::invalid_data,
                      "pod \"" + pod.name + "\" is both in " +
                          shown_name(known->second.other_file) + " and in " +
                          shown_name(known->second.file),
                      "name only the file that is to be changed");
  }
  if (texts_.contains(known->second.file)) {
    throw core::Error(core::ErrorKind::usage,
                      shown_name(known->second.file) + " cannot be changed in place");
  }
  const std::string file = known->second.file;
  try {
    take_again(edit_in_place(file, {pod, value}), file);
  } catch (const core::Error& error) {
    if (error.kind() != core::ErrorKind::conflict) throw;
    if (auto now = find_in_file(file, pod.ns, pod.name)) take_again(std::move(*now), file);
    throw;
  }
  return pod.resource_version;
}

// A pod that is no longer as it was.
void SnapshotCluster::take_again(core::Pod&& pod, const std::string& file) {
  take(view_of(pod), interest_.all_pods);
  take(std::move(pod), file);
}

std::string SnapshotCluster::preview(const core::Pod& pod,
                                     const std::optional<std::string>& value) const {
  const auto known = whole_pods_.find({pod.ns, pod.name});
  if (known == whole_pods_.end()) throw no_such_pod(pod);
  const std::string& file = known->second.file;
  const auto kept = texts_.find(file);
  const RegistrationChange change{pod, value};
  const auto name = shown_name(file);
  const auto text = kept == texts_.end() ? read_whole_file(file) : kept->second;
  return preview_edit(decompressed(text, name), name, change);
}

}  // namespace podreg::k8s
