#include "cli/completion_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "cli/cache_folder.h"
#include "cli/completion.h"
#include "cli/context.h"
#include "cli/several_contexts.h"
#include "core/comma_list.h"
#include "core/wait_condition.h"
#include "k8s/connection.h"
#include "k8s/object_names.h"
#include "output/format_names.h"
#include "rpc/metadata_cache.h"

namespace podreg::cli {

namespace {

// What a completion needs beside waiting for the server, which it does for 200 ms unless
// $PODREG_COMPLETION_TIMEOUT says otherwise: the start of a process, its own work.
constexpr std::chrono::milliseconds kOwnTime{100};
constexpr int kNamesAtMost = 500;
constexpr std::size_t kRevisionsAtMost = 200;

using Found = std::vector<Candidate>;

// Whatever there is to say: nobody is to see it.
class NoSink final : public core::TextSink {
 public:
  void write(std::string_view /*text*/) override {}
  void flush() override {}
};

// The command line's options, for who must be quick and quiet.
std::chrono::milliseconds server_patience(const k8s::Environment& environment) {
  const auto limit = completion_limit(environment);
  return std::max(limit - kOwnTime, limit / 2);
}

GlobalOptions for_completion(GlobalOptions options, const k8s::Environment& environment) {
  options.request_timeout = fmt::format("{}ms", server_patience(environment).count());
  options.output = "table";
  options.sort_by.clear();
  options.columns.clear();
  options.color = "never";
  options.verbosity = 0;
  options.quiet = true;
  return options;
}

bool reads_standard_input(const GlobalOptions& options) {
  return std::ranges::find(options.snapshots, "-") != options.snapshots.end();
}

// Runs `ask` with the cluster that the options name.
template <typename Ask>
Found with_context(const GlobalOptions& options, const k8s::Environment& environment, Ask ask) {
  if (reads_standard_input(options)) return {};
  NoSink sink;
  core::Streams streams{sink, sink};
  const auto contexts = several_contexts(options, environment);
  GlobalOptions of_one = options;  // of several contexts the first has to do
  if (contexts) of_one.overrides.context = contexts->front();
  Context context(of_one, streams, environment);
  return ask(context);
}

// Each once, and in order: with -A several namespaces may have one of that name.
Found sorted(const std::map<std::string, std::string>& names) {
  Found found;
  for (const auto& [name, note] : names) found.push_back({name, note});
  return found;
}

Found names_of(const k8s::ApiResource& resource, Context& context) {
  context.cluster();  // finds the connection, and asks nobody
  k8s::ApiOptions api;
  api.timeouts = k8s::Timeouts::within(server_patience(context.environment()));
  k8s::ObjectNames server(*context.connection(), api);
  const bool namespaces = resource.plural == k8s::kNamespaces.plural;
  std::map<std::string, std::string> names;
  for (auto& one : server.list(resource, namespaces ? std::nullopt : context.ns(), kNamesAtMost)) {
    names.emplace(std::move(one.name), std::move(one.note));
  }
  return sorted(names);
}

k8s::Kubeconfig kubeconfig_of(const GlobalOptions& options, const k8s::Environment& environment) {
  return k8s::load_kubeconfig(k8s::find_kubeconfig(options.kubeconfig, environment));
}

template <typename Entry, typename Describe>
Found entries(const std::vector<Entry>& list, Describe describe) {
  Found found;
  for (const auto& entry : list) found.push_back({entry.name, describe(entry)});
  return found;
}

// What was asked of providers before: they are not asked while somebody types.
std::vector<core::MetadataInfo> known_revisions(const k8s::Environment& environment) {
  const auto folder = metadata_cache_folder(environment);
  if (!folder) return {};
  return rpc::MetadataCache(*folder).latest(kRevisionsAtMost);
}

// Neither a name that Kubernetes allows.
bool may_be_service(const std::string& word) { return word.find_first_of(".:/") == word.npos; }

std::string_view first_of(std::string_view list, char separator) {
  return list.substr(0, std::min(list.find(separator), list.size()));
}

Found literals(std::string_view words) {
  Found found;
  while (!words.empty()) {
    const auto word = first_of(words, '|');
    found.push_back({std::string(word), {}});
    words.remove_prefix(std::min(word.size() + 1, words.size()));
  }
  return found;
}

// auto|always|never are words to be typed, FILE and KEY=VALUE stand for others.
bool is_literal(std::string_view placeholder) {
  return !placeholder.empty() && std::ranges::all_of(placeholder, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

void keep_matching(Found& found, const std::string& word) {
  std::erase_if(found, [&](const Candidate& one) { return !one.value.starts_with(word); });
}

void put_before(Found& found, const std::string& prefix) {
  for (auto& one : found) one.value.insert(0, prefix);
}

}  // namespace

CompletionValues::CompletionValues(GlobalOptions options, const k8s::Environment& environment,
                                   output::Prints prints)
    : options_(for_completion(std::move(options), environment)),
      environment_(environment),
      prints_(prints) {}

const std::vector<CompletionValues::Source>& CompletionValues::sources() {
  using V = CompletionValues;
  static const std::vector<Source> all = {
      {"@FILE", &V::files_to_read},
      {"CLUSTER", &V::clusters},
      {"CONDITION", &V::conditions},
      {"CONTEXT", &V::contexts},
      {"FORMAT", &V::formats},
      {"INTERFACE", &V::interfaces},
      {"INTERFACE.METHOD", &V::methods},
      {"NAMESPACE", &V::namespaces},
      {"POD", &V::pods},
      {"PROTOCOL", &V::protocols},
      {"PROTOCOL:PORT", &V::protocols_with_port},
      {"SERVICE", &V::services},
      {"USER", &V::users},
      {"pod/NAME", &V::named_pods},
  };
  return all;
}

bool CompletionValues::is_file(const std::string& placeholder) { return placeholder == "FILE"; }

std::vector<Candidate> CompletionValues::of(const std::string& placeholder,
                                            const std::string& word) {
  constexpr std::string_view kList = ",…";
  if (placeholder.ends_with(kList)) {
    const auto done = word.rfind(',') + 1;  // 0 without a comma
    auto found = of(placeholder.substr(0, placeholder.size() - kList.size()), word.substr(done));
    put_before(found, word.substr(0, done));
    return found;
  }
  Found all;
  for (std::string_view rest = placeholder; !rest.empty();) {
    const std::string one(first_of(rest, '|'));
    std::ranges::move(of_one(one, word), std::back_inserter(all));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
  }
  return all;
}

std::vector<Candidate> CompletionValues::of_one(const std::string& placeholder,
                                                const std::string& word) {
  Found found;
  const auto source = std::ranges::find(sources(), placeholder, &Source::placeholder);
  try {
    if (source != sources().end()) {
      found = (this->*source->values)(word);
    } else if (is_literal(placeholder)) {
      found = literals(placeholder);
    }
  } catch (const std::exception&) {  // who is typing did not ask for it
    return {};
  }
  keep_matching(found, word);
  return found;
}

std::vector<Candidate> CompletionValues::formats(const std::string& /*word*/) {
  Found found;
  for (const output::Format format : output::formats_of(prints_)) {
    const auto& one = output::formats()[static_cast<std::size_t>(format)];
    found.push_back({std::string(one.name), std::string(one.description)});
  }
  return found;
}

std::vector<Candidate> CompletionValues::contexts(const std::string& /*word*/) {
  const auto config = kubeconfig_of(options_, environment_);
  return entries(config.contexts, [&](const k8s::ContextEntry& one) {
    return fmt::format("{} as {}{}", one.cluster, one.user,
                       one.name == config.current_context ? ", the current one" : "");
  });
}

std::vector<Candidate> CompletionValues::clusters(const std::string& /*word*/) {
  const auto config = kubeconfig_of(options_, environment_);
  return entries(config.clusters, [](const k8s::ClusterEntry& one) { return one.server; });
}

std::vector<Candidate> CompletionValues::users(const std::string& /*word*/) {
  const auto config = kubeconfig_of(options_, environment_);
  return entries(config.users, [](const k8s::UserEntry& /*one*/) { return std::string(); });
}

std::vector<Candidate> CompletionValues::namespaces(const std::string& /*word*/) {
  return with_context(options_, environment_, [](Context& context) {
    if (!context.uses_snapshot()) return names_of(k8s::kNamespaces, context);
    std::map<std::string, std::string> names;
    for (const auto& state : context.cluster().services({})) names[state.ns];
    return sorted(names);
  });
}

std::vector<Candidate> CompletionValues::services(const std::string& word) {
  if (!may_be_service(word)) return {};
  return with_context(options_, environment_, [](Context& context) {
    if (!context.uses_snapshot()) return names_of(k8s::kServices, context);
    auto& cluster = context.cluster();
    std::map<std::string, std::string> names;
    for (const auto& state : cluster.services({context.ns(), {}})) {
      names[state.name] = state.service ? state.service->type : "";
    }
    return sorted(names);
  });
}

std::vector<Candidate> CompletionValues::pods(const std::string& /*word*/) {
  return with_context(options_, environment_, [](Context& context) {
    if (!context.uses_snapshot()) return names_of(k8s::kPods, context);
    context.allow_writing(core::DryRun::client, false, {});  // then all pods are read
    auto& cluster = context.cluster();
    std::map<std::string, std::string> names;
    cluster.pods({context.ns(), {}}, [&](const core::PodView& pod) {
      names[std::string(pod.name)] = pod.annotation ? "registered" : "";
    });
    return sorted(names);
  });
}

// Pods come into question only when one is asked for: Services are the ordinary case.
std::vector<Candidate> CompletionValues::named_pods(const std::string& word) {
  constexpr std::string_view kPrefix = "pod/";
  if (!word.starts_with(kPrefix)) return {{std::string(kPrefix), "a pod instead of a Service"}};
  auto found = pods(word);
  put_before(found, std::string(kPrefix));
  return found;
}

std::vector<Candidate> CompletionValues::interfaces(const std::string& /*word*/) {
  std::map<std::string, std::string> names;
  for (const auto& info : known_revisions(environment_)) {
    for (const auto& [key, service] : info.services) {
      if (!service.name.empty()) names.emplace(service.name, info.app);
    }
  }
  return sorted(names);
}

// Of the parameter "methods" that Dubbo gives every service: "add,echo".
std::vector<Candidate> CompletionValues::methods(const std::string& /*word*/) {
  std::map<std::string, std::string> names;
  for (const auto& info : known_revisions(environment_)) {
    for (const auto& [key, service] : info.services) {
      const auto methods = service.params.find("methods");
      if (methods == service.params.end()) continue;
      for (const auto& method : core::comma_list(methods->second)) {
        names.emplace(fmt::format("{}.{}", service.name, method), info.app);
      }
    }
  }
  return sorted(names);
}

std::vector<Candidate> CompletionValues::protocols(const std::string& /*word*/) {
  return {{"dubbo", ""}, {"tri", "triple"}};
}

std::vector<Candidate> CompletionValues::protocols_with_port(const std::string& word) {
  auto found = protocols(word);
  for (auto& one : found) one.value += ':';
  return found;
}

std::vector<Candidate> CompletionValues::conditions(const std::string& word) {
  constexpr std::string_view kInterface = "interface=";
  if (word.starts_with(kInterface)) {
    auto found = interfaces(word);
    put_before(found, std::string(kInterface));
    return found;
  }
  Found found;
  for (const auto& form : core::condition_forms()) {
    found.push_back({std::string(form.text), std::string(form.meaning)});
  }
  return found;
}

// "@" and a path, of which shells know nothing. A folder's name ends with '/'.
std::vector<Candidate> CompletionValues::files_to_read(const std::string& word) {
  namespace fs = std::filesystem;
  if (!word.starts_with('@')) return {{"@", "from a file"}};
  const auto slash = word.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : word.substr(1, slash);
  std::map<std::string, std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(folder.empty() ? "." : folder, error), end; !error && it != end;
       it.increment(error)) {
    const auto name = it->path().filename().string();
    if (name.starts_with('.')) continue;
    std::error_code gone;
    names[fmt::format("@{}{}{}", folder, name, it->is_directory(gone) ? "/" : "")];
  }
  return sorted(names);
}

}  // namespace podreg::cli
