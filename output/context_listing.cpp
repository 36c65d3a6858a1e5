#include "output/context_listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "output/json_events.h"

namespace podreg::output {

namespace {

constexpr std::string_view kNoFields = "{}";
constexpr std::string_view kContext = "context";

// The text stands in one page or file with those of other clusters.
void name_context(const std::string& context, CheckReport& report) {
  const auto put_before = [&](std::string& text) { text.insert(0, context + ": "); };
  for (auto& chain : report.chains) put_before(chain.ns);
  for (auto& finding : report.findings) put_before(finding.ns);
  for (auto& one : report.cases) put_before(one.suite);
  put_before(report.summary);
}

ReportCase failed_case(const ContextResult& result) {
  return {result.context, "the context answers", core::CheckState::failed, {result.failure}, 0};
}

}  // namespace

std::string context_in_words(const std::string& context) {
  return fmt::format("context \"{}\"", context);
}

ContextListing::ContextListing(std::vector<ContextResult> results)
    : results_(std::move(results)), columns_{{"CONTEXT"}}, columns_of_(results_.size()) {
  for (std::size_t i = 0; i < results_.size(); ++i) {
    if (!results_[i].listing) continue;
    const auto& one = *results_[i].listing;
    kind_ = one.kind;
    add_columns(i);
    for (std::size_t row = 0; row < one.rows.size(); ++row) {
      rows_.push_back({i, row, items_.size() + one.rows[row].item});
    }
    for (std::size_t item = 0; item < one.items.size(); ++item) items_.push_back({i, item});
  }
  join_reports();
}

// Those of the first that has any, and behind them what only others have.
void ContextListing::add_columns(std::size_t result) {
  for (const Column& column : results_[result].listing->columns) {
    auto place = std::ranges::find(columns_, column.title, &Column::title);
    if (place == columns_.end()) place = columns_.insert(place, column);
    columns_of_[result].push_back(static_cast<std::size_t>(place - columns_.begin()));
  }
}

void ContextListing::join_reports() {
  for (const auto& result : results_) {
    if (!result.listing || !result.listing->report) continue;
    if (!report_) report_ = CheckReport{result.listing->report->title, {}, {}, {}, {}};
    CheckReport one = *result.listing->report;
    name_context(result.context, one);
    report_->summary += (report_->summary.empty() ? "" : "; ") + one.summary;
    std::ranges::move(one.chains, std::back_inserter(report_->chains));
    std::ranges::move(one.findings, std::back_inserter(report_->findings));
    std::ranges::move(one.cases, std::back_inserter(report_->cases));
  }
  if (!report_) return;
  for (const auto& result : results_) {
    if (!result.failure.empty()) report_->cases.push_back(failed_case(result));
  }
}

std::string ContextListing::cell(std::size_t row, std::size_t column, Detail detail) const {
  const Place& place = rows_[row];
  if (column == 0) return results_[place.result].context;
  const auto& columns = columns_of_[place.result];
  const auto found = std::ranges::find(columns, column);
  if (found == columns.end()) return std::string(kNone);
  const auto& kept_row = listing(place).rows[place.index];
  const auto& cells = detail == Detail::wide ? kept_row.wide_cells : kept_row.cells;
  return cells[static_cast<std::size_t>(found - columns.begin())];
}

void ContextListing::write_item(std::size_t item, Emitter& emitter) const {
  write_with_field(kept(item).json, kContext, results_[items_[item].result].context, emitter);
}

void ContextListing::write_fields(Emitter& emitter) const {
  const auto has_fields = [](const ContextResult& one) {
    return one.listing && one.listing->fields != kNoFields;
  };
  if (std::ranges::none_of(results_, has_fields)) return;
  emitter.key("contexts");
  emitter.begin_array();
  for (const auto& one : results_) {
    if (has_fields(one)) write_with_field(one.listing->fields, kContext, one.context, emitter);
  }
  emitter.end_array();
}

std::string ContextListing::identity(std::size_t item) const {
  return results_[items_[item].result].context + " " + kept(item).identity;
}

std::string ContextListing::url(std::size_t item) const {
  return kept(item).url.empty() ? Listing::url(item) : kept(item).url;
}

std::vector<std::string> ContextListing::warning_lines() const {
  std::vector<std::string> lines;
  for (const auto& one : results_) {
    const auto add = [&](const std::string& line) {
      lines.push_back(fmt::format("{}: {}", context_in_words(one.context), line));
    };
    if (one.listing) std::ranges::for_each(one.listing->warning_lines, add);
    if (!one.failure.empty()) add(one.failure);
  }
  return lines;
}

void ContextListing::write_warnings(Emitter& emitter) const {
  for (const auto& one : results_) {
    if (one.listing) {
      for (const auto& warning : one.listing->warnings) {
        write_with_field(warning, kContext, one.context, emitter);
      }
    }
    if (one.failure.empty()) continue;
    emitter.begin_object();
    emitter.field(kContext, one.context);
    emitter.field("code", "ContextFailed");
    emitter.field("message", one.failure);
    emitter.end_object();
  }
}

std::string ContextListing::nothing_found() const {
  std::string sentences;
  for (const auto& one : results_) {
    if (!one.listing || one.listing->nothing_found.empty()) continue;
    if (!sentences.empty()) sentences += ' ';
    sentences += fmt::format("{}: {}", context_in_words(one.context), one.listing->nothing_found);
  }
  return sentences;
}

}  // namespace podreg::output
