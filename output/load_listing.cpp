#include "output/load_listing.h"

#include <fmt/format.h>

#include <utility>

#include "output/cell_text.h"
#include "output/latency_text.h"

namespace podreg::output {
namespace {

using core::InvocationLoad;

std::vector<ColumnOf<InvocationLoad>> all_columns() {
  std::vector<ColumnOf<InvocationLoad>> columns;
  columns.push_back({"POD", [](const InvocationLoad& l, Detail) { return or_none(l.url.pod); }});
  columns.push_back({"ADDRESS", [](const InvocationLoad& l, Detail) {
                       return address_text(l.url.url.host, l.url.url.port);
                     }});
  const auto number = [&](std::string_view title,
                          std::string (*cell)(const InvocationLoad&, Detail)) {
    columns.push_back({title, cell, false, true});
  };
  number("CALLS", [](const InvocationLoad& l, Detail) { return fmt::format("{}", l.calls); });
  number("FAILED", [](const InvocationLoad& l, Detail) { return fmt::format("{}", l.failed); });
  number("PER SECOND",
         [](const InvocationLoad& l, Detail) { return fmt::format("{:.0f}", l.per_second()); });
  number("MIN", [](const InvocationLoad& l, Detail) { return latency_text(l.latency.min); });
  number("MEDIAN", [](const InvocationLoad& l, Detail) { return latency_text(l.latency.median); });
  number("P99", [](const InvocationLoad& l, Detail) { return latency_text(l.latency.p99); });
  number("MAX", [](const InvocationLoad& l, Detail) { return latency_text(l.latency.max); });
  columns.push_back(
      {"FAILURE", [](const InvocationLoad& l, Detail) { return or_none(l.failure); }, true});
  return columns;
}

}  // namespace

LoadListing::LoadListing(std::vector<InvocationLoad> loads, std::vector<core::Warning> warnings)
    : loads_(std::move(loads)), warnings_(std::move(warnings)), columns_(all_columns()) {}

void LoadListing::write_item(std::size_t item, Emitter& emitter) const {
  const InvocationLoad& load = loads_[item];
  emitter.begin_object();
  emitter.field("url", load.url.url.to_string());
  emitter.field("pod", load.url.pod);
  emitter.field("calls", static_cast<std::int64_t>(load.calls));
  emitter.field("failed", static_cast<std::int64_t>(load.failed));
  emitter.key("callsPerSecond");
  emitter.raw_json(fmt::format("{:.1f}", load.per_second()));
  emitter.key("latencyMs");
  write_latencies(load.latency, emitter);
  emitter.field("failure", load.failure);
  emitter.end_object();
}

}  // namespace podreg::output
