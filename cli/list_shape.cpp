#include "cli/list_shape.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/nearest.h"
#include "output/access_listing.h"
#include "output/finding_listing.h"
#include "output/instance_listing.h"
#include "output/invocation_listing.h"
#include "output/item_document.h"
#include "output/load_listing.h"
#include "output/mapping_listing.h"
#include "output/metadata_listing.h"
#include "output/probe_listing.h"
#include "output/registration_listing.h"
#include "output/service_listing.h"
#include "output/setting_listing.h"
#include "output/shown_columns.h"
#include "output/url_listing.h"

namespace podreg::cli {

namespace {

// Lists of a command with one item that says nothing, each with a namespace when there are several.
using Examples = std::vector<std::unique_ptr<output::Listing>>;

template <typename Listing, typename... Arguments>
void add(Examples& examples, Arguments&&... arguments) {
  examples.push_back(std::make_unique<Listing>(std::forward<Arguments>(arguments)...));
}

template <typename Item>
std::vector<Item> one_item() {
  return std::vector<Item>(1);
}

const std::vector<core::Warning> kNoWarnings;

Examples findings(bool /*ns*/) {
  Examples examples;
  core::Diagnosis diagnosis;
  diagnosis.findings.push_back({core::finding_kinds().front().code, {}, {}});
  add<output::FindingListing>(examples, std::move(diagnosis));
  add<output::FindingKindListing>(examples);
  return examples;
}

Examples instances(bool ns) {
  Examples examples;
  auto items = one_item<core::Instance>();
  items.front().metadata = std::make_shared<core::Metadata>(core::Metadata::parse("{}"));
  add<output::InstanceListing>(examples, std::move(items), kNoWarnings,
                               output::InstanceView{.show_namespace = ns, .show_service = true},
                               "");
  return examples;
}

Examples invocations(bool /*ns*/) {
  Examples examples;
  add<output::InvocationListing>(examples, one_item<core::Invocation>(), kNoWarnings);
  add<output::LoadListing>(examples, one_item<core::InvocationLoad>(), kNoWarnings);
  return examples;
}

Examples mappings(bool ns) {
  Examples examples;
  add<output::MappingListing>(examples, one_item<core::Mapping>(), kNoWarnings,
                              output::MappingView{.show_namespace = ns}, "");
  return examples;
}

Examples metadata(bool ns) {
  Examples examples;
  add<output::MetadataListing>(
      examples, core::MetadataGathering{one_item<core::RevisionMetadata>(), {}},
      output::MetadataView{.show_namespace = ns, .show_application = true}, "");
  return examples;
}

Examples probes(bool /*ns*/) {
  Examples examples;
  for (const bool several : {false, true}) {
    add<output::ProbeListing>(examples, one_item<core::ProbeSeries>(), several, kNoWarnings, "");
  }
  return examples;
}

Examples registrations(bool /*ns*/) {
  Examples examples;
  add<output::RegistrationListing>(examples, one_item<core::RegistrationResult>(), kNoWarnings, "");
  return examples;
}

Examples services(bool ns) {
  Examples examples;
  add<output::ServiceListing>(examples, one_item<core::ServiceSummary>(), kNoWarnings,
                              output::ServiceView{.show_namespace = ns}, "");
  return examples;
}

Examples settings(bool /*ns*/) {
  Examples examples;
  add<output::AccessListing>(examples, one_item<core::Access>(), "", "");
  auto items = one_item<core::Setting>();
  items.front().sha256 = items.front().error = "…";  // fields that not every item has
  add<output::SettingListing>(examples, std::move(items), "");
  return examples;
}

Examples urls(bool ns) {
  Examples examples;
  add<output::UrlListing>(examples, one_item<core::DerivedUrl>(), kNoWarnings,
                          output::UrlView{.show_namespace = ns}, "");
  return examples;
}

struct Row {
  std::string_view command;
  Examples (*examples)(bool ns);
  bool is_sorted = true;  // false: events, which come as they happen
};

constexpr std::array kRows = {
    Row{"config", settings},      Row{"doctor", findings},
    Row{"instances", instances},  Row{"invoke", invocations},
    Row{"mapping", mappings},     Row{"metadata", metadata},
    Row{"probe", probes},         Row{"register", registrations},
    Row{"services", services},    Row{"unregister", registrations},
    Row{"update", registrations}, Row{"urls", urls},
    Row{"wait", instances},       Row{"watch", instances, false},
};

// nullptr: the command prints no list.
const Row* row_of(std::string_view command) {
  const auto row = std::ranges::find(kRows, command, &Row::command);
  return row == kRows.end() ? nullptr : &*row;
}

std::vector<output::Column> columns_of(const Examples& examples, const ListScope& scope) {
  std::vector<output::Column> columns;
  if (scope.several_contexts) columns.push_back({"CONTEXT"});
  for (const auto& example : examples) {
    for (const auto& column : example->columns()) {
      const auto same = std::ranges::find(columns, column.title, &output::Column::title);
      if (same == columns.end()) columns.push_back(column);
    }
  }
  return columns;
}

std::vector<std::string> fields_of(const Examples& examples) {
  std::vector<std::string> fields;
  for (const auto& example : examples) {
    for (auto& field : output::item_fields(*example)) {
      if (std::ranges::find(fields, field) == fields.end()) fields.push_back(std::move(field));
    }
  }
  return fields;
}

// "port" of "{.port}" and of "{.metadata.timestamp}" "metadata"; empty where it is no plain name.
std::string first_field(std::string_view path) {
  if (!path.starts_with("{.")) return {};
  path.remove_prefix(2);
  return std::string(path.substr(0, path.find_first_of(".[]}*?@$'\" ")));
}

void check_sort_by(std::string_view command, const Examples& examples,
                   const output::JsonPath& path) {
  const auto wanted = first_field(path.source());
  const auto fields = fields_of(examples);
  if (wanted.empty() || wanted == "context") return;
  if (std::ranges::find(fields, wanted) != fields.end()) return;
  const std::vector<std::string_view> names(fields.begin(), fields.end());
  const auto near = core::nearest(wanted, names);
  throw core::Error(core::ErrorKind::usage,
                    fmt::format("--sort-by: items of {} have no field \"{}\"; they have {}",
                                command, wanted, fmt::join(names, ", ")),
                    near ? fmt::format("did you mean .{}?", *near) : "");
}

}  // namespace

void check_list_shape(std::string_view command, const output::PrintOptions& options,
                      const ListScope& scope) {
  if (!options.shapes_list()) return;
  const Row* row = row_of(command);
  if (row == nullptr) return;
  const auto examples = row->examples(scope.all_namespaces);
  output::check_titles(columns_of(examples, scope), options.columns);
  if (options.sort_by && row->is_sorted) check_sort_by(command, examples, *options.sort_by);
}

std::vector<std::string> titles_of_list(std::string_view command, const ListScope& scope) {
  std::vector<std::string> titles;
  const Row* row = row_of(command);
  if (row == nullptr) return titles;
  for (const auto& column : columns_of(row->examples(scope.all_namespaces), scope))
    titles.push_back(column.title);
  return titles;
}

std::vector<std::string> fields_of_list(std::string_view command, const ListScope& scope) {
  const Row* row = row_of(command);
  if (row == nullptr || !row->is_sorted) return {};
  auto fields = fields_of(row->examples(scope.all_namespaces));
  if (scope.several_contexts) fields.emplace_back("context");
  return fields;
}

}  // namespace podreg::cli
