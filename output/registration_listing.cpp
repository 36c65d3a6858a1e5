#include "output/registration_listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "output/cell_text.h"

namespace podreg::output {

namespace {

// "108cc42e", or "108cc42e -> 8613f3b9" when it changed.
std::string revision_cell(const core::RegistrationResult& result, Detail detail) {
  const auto before = revision_text(result.old_revision, detail);
  auto after = revision_text(core::value_of(result.metadata, core::kRevisionKey), detail);
  if (result.old_revision.empty() || before == after) return after;
  return fmt::format("{} -> {}", before, after);
}

// As kubectl says it: "registered (dry run)", "registered (server dry run)".
std::string action_cell(const core::RegistrationResult& result) {
  const std::string action(core::to_string(result.action));
  if (result.dry_run == core::DryRun::client) return action + " (dry run)";
  return result.dry_run == core::DryRun::server ? action + " (server dry run)" : action;
}

const std::vector<ColumnOf<core::RegistrationResult>>& table() {
  using Result = core::RegistrationResult;
  static const std::vector<ColumnOf<Result>> columns = {
      {"POD", [](const Result& result, Detail) { return result.pod; }},
      {"ACTION", [](const Result& result, Detail) { return action_cell(result); }},
      {"REVISION", revision_cell},
      {"NAMESPACE", [](const Result& result, Detail) { return result.ns; }, /*only_wide=*/true},
      {"RESOURCEVERSION",
       [](const Result& result, Detail) { return or_none(result.resource_version); },
       /*only_wide=*/true},
  };
  return columns;
}

}  // namespace

RegistrationListing::RegistrationListing(std::vector<core::RegistrationResult> results,
                                         std::vector<core::Warning> more, std::string nothing_found)
    : results_(std::move(results)),
      warnings_(std::move(more)),
      nothing_found_(std::move(nothing_found)) {
  for (const auto& result : results_)
    std::ranges::copy(result.warnings, std::back_inserter(warnings_));
}

std::vector<Column> RegistrationListing::columns() const { return columns_of(table()); }

std::string RegistrationListing::cell(std::size_t item, std::size_t column, Detail detail) const {
  return table()[column].cell(results_[item], detail);
}

void RegistrationListing::write_item(std::size_t item, Emitter& emitter) const {
  const core::RegistrationResult& result = results_[item];
  emitter.begin_object();
  emitter.field("pod", result.pod);
  emitter.field("namespace", result.ns);
  emitter.field("action", core::to_string(result.action));
  emitter.field("resourceVersion", result.resource_version);
  emitter.key("metadata");
  emitter.begin_object();
  for (const auto& [key, value] : result.metadata) emitter.field(key, value);
  emitter.end_object();
  emitter.end_object();
}

}  // namespace podreg::output
