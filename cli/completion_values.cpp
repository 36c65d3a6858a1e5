#include "cli/completion_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

#include "cli/cache_folder.h"
#include "cli/completion_lists.h"
#include "core/comma_list.h"
#include "core/wait_condition.h"
#include "output/format_names.h"
#include "rpc/metadata_cache.h"

namespace podreg::cli {

namespace {

constexpr std::size_t kRevisionsAtMost = 200;

using Found = std::vector<Candidate>;

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

CompletedList list_of(const CompletionValues::Line& line) {
  const auto& options = line.options;
  const bool several =
      options.all_contexts || options.overrides.context.value_or("").find(',') != std::string::npos;
  return {line.command == nullptr ? std::string_view() : line.command->name, options.all_namespaces,
          several};
}

void keep_matching(Found& found, const std::string& word) {
  std::erase_if(found, [&](const Candidate& one) { return !one.value.starts_with(word); });
}

void put_before(Found& found, const std::string& prefix) {
  for (auto& one : found) one.value.insert(0, prefix);
}

}  // namespace

CompletionValues::CompletionValues(Line line, const k8s::Environment& environment)
    : line_(std::move(line)), environment_(environment), cluster_(line_.options, environment) {}

const std::vector<CompletionValues::Source>& CompletionValues::sources() {
  using V = CompletionValues;
  static const std::vector<Source> all = {
      {"@FILE", &V::files_to_read},
      {"CLUSTER", &V::clusters},
      {"CODE", &V::codes},
      {"CONDITION", &V::conditions},
      {"CONTEXT", &V::contexts},
      {"FORMAT", &V::formats},
      {"INTERFACE", &V::interfaces},
      {"INTERFACE.METHOD", &V::methods},
      {"JSONPATH", &V::fields},
      {"NAMESPACE", &V::namespaces},
      {"POD", &V::pods},
      {"PROTOCOL", &V::protocols},
      {"PROTOCOL:PORT", &V::protocols_with_port},
      {"REVISION", &V::revisions},
      {"SERVICE", &V::services},
      {"TITLE", &V::columns},
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

std::vector<Candidate> CompletionValues::formats(const std::string& word) {
  if (word.starts_with(output::name_of(output::Format::custom_columns))) {
    return custom_columns(list_of(line_), word);
  }
  Found found;
  const auto prints = line_.command == nullptr ? output::Prints::lists : line_.command->prints;
  for (const output::Format format : output::formats_of(prints)) {
    const auto& one = output::formats()[static_cast<std::size_t>(format)];
    found.push_back({std::string(one.name), std::string(one.description)});
  }
  return found;
}

std::vector<Candidate> CompletionValues::contexts(const std::string& /*word*/) {
  return cluster_.contexts();
}

std::vector<Candidate> CompletionValues::clusters(const std::string& /*word*/) {
  return cluster_.clusters();
}

std::vector<Candidate> CompletionValues::users(const std::string& /*word*/) {
  return cluster_.users();
}

std::vector<Candidate> CompletionValues::namespaces(const std::string& /*word*/) {
  return cluster_.namespaces();
}

std::vector<Candidate> CompletionValues::services(const std::string& word) {
  return may_be_service(word) ? cluster_.services() : Found();
}

std::vector<Candidate> CompletionValues::pods(const std::string& /*word*/) {
  return cluster_.pods();
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
  return candidates_of(names);
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
  return candidates_of(names);
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
  constexpr std::string_view kRevision = "revision=";
  Found found;
  if (word.starts_with(kInterface)) {
    found = interfaces(word);
    put_before(found, std::string(kInterface));
    return found;
  }
  if (word.starts_with(kRevision)) {
    found = revisions(word);
    put_before(found, std::string(kRevision));
    return found;
  }
  for (const auto& form : core::condition_forms()) {
    found.push_back({std::string(form.text), std::string(form.meaning)});
  }
  return found;
}

std::vector<Candidate> CompletionValues::codes(const std::string& /*word*/) {
  return finding_codes();
}

std::vector<Candidate> CompletionValues::columns(const std::string& /*word*/) {
  return column_titles(list_of(line_));
}

std::vector<Candidate> CompletionValues::fields(const std::string& /*word*/) {
  return field_paths(list_of(line_));
}

// Of the first Service on the line: each costs two rounds of requests.
std::vector<Candidate> CompletionValues::revisions(const std::string& /*word*/) {
  const auto service = std::ranges::find_if(line_.arguments, may_be_service);
  return service == line_.arguments.end() ? Found() : cluster_.revisions(*service);
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
  return candidates_of(names);
}

}  // namespace podreg::cli
