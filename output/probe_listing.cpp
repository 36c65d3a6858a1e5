#include "output/probe_listing.h"

#include <fmt/format.h>

#include <utility>

#include "output/cell_text.h"
#include "output/check_report.h"
#include "output/latency_text.h"

namespace podreg::output {
namespace {

using core::ProbeSeries;
using Columns = std::vector<ColumnOf<ProbeSeries>>;

// A table has the parameters of the URL as one too many; -o wide and documents have them.
std::string url_text(const ProbeSeries& series, Detail detail) {
  if (detail == Detail::wide) return series.url.url.to_string();
  core::ServiceUrl url;
  url.protocol = series.url.url.protocol;
  url.host = series.url.url.host;
  url.port = series.url.url.port;
  core::ServiceInfo service;
  service.name = series.url.interface;
  service.group = series.url.group;
  service.version = series.url.version;
  url.path = service.name.empty() ? std::string() : service.service_key();
  return url.to_string();
}

std::string latency_or_none(const std::optional<double>& milliseconds) {
  return milliseconds ? latency_text(*milliseconds) : std::string(kNone);
}

void add_number(Columns& columns, std::string_view title,
                std::string (*cell)(const ProbeSeries& series, Detail detail)) {
  columns.push_back({title, cell, false, true});
}

std::string answered(const ProbeSeries& series, double core::LatencySummary::*which) {
  return series.failed == series.count ? std::string(kNone) : latency_text(series.answer.*which);
}

void add_single(Columns& columns) {
  add_number(columns, "CONNECT",
             [](const ProbeSeries& s, Detail) { return latency_or_none(s.last.connect_ms); });
  add_number(columns, "ANSWER",
             [](const ProbeSeries& s, Detail) { return latency_or_none(s.last.answer_ms); });
}

void add_several(Columns& columns) {
  using core::LatencySummary;
  add_number(columns, "PROBES",
             [](const ProbeSeries& s, Detail) { return fmt::format("{}", s.count); });
  add_number(columns, "LOSS",
             [](const ProbeSeries& s, Detail) { return fmt::format("{:.1f}%", s.loss_percent()); });
  add_number(columns, "MIN",
             [](const ProbeSeries& s, Detail) { return answered(s, &LatencySummary::min); });
  add_number(columns, "MEDIAN",
             [](const ProbeSeries& s, Detail) { return answered(s, &LatencySummary::median); });
  add_number(columns, "P99",
             [](const ProbeSeries& s, Detail) { return answered(s, &LatencySummary::p99); });
  add_number(columns, "MAX",
             [](const ProbeSeries& s, Detail) { return answered(s, &LatencySummary::max); });
}

Columns all_columns(bool several) {
  Columns columns;
  columns.push_back({"URL", url_text});
  columns.push_back({"POD", [](const ProbeSeries& s, Detail) { return or_none(s.url.pod); }});
  columns.push_back({"STATUS", [](const ProbeSeries& s, Detail) {
                       return std::string(core::to_string(s.last.status));
                     }});
  if (several) {
    add_several(columns);
  } else {
    add_single(columns);
  }
  columns.push_back(
      {"SERVER", [](const ProbeSeries& s, Detail) { return or_none(s.last.server); }});
  columns.push_back(
      {"RELEASE", [](const ProbeSeries& s, Detail) { return or_none(s.url.url.param("release")); },
       true});
  columns.push_back({"ERROR", [](const ProbeSeries& s, Detail) { return or_none(s.last.error); }});
  return columns;
}

void write_number(Emitter& emitter, std::string_view name, const std::optional<double>& value) {
  emitter.key(name);
  if (value) {
    emitter.raw_json(milliseconds_json(*value));
  } else {
    emitter.null();
  }
}

}  // namespace

ProbeListing::ProbeListing(std::vector<ProbeSeries> series, bool several,
                           std::vector<core::Warning> warnings, std::string nothing_found)
    : series_(std::move(series)),
      several_(several),
      warnings_(std::move(warnings)),
      nothing_found_(std::move(nothing_found)),
      columns_(all_columns(several)) {}

void ProbeListing::write_item(std::size_t item, Emitter& emitter) const {
  const ProbeSeries& series = series_[item];
  emitter.begin_object();
  emitter.field("url", series.url.url.to_string());
  emitter.field("pod", series.url.pod);
  emitter.field("status", core::to_string(series.last.status));
  write_number(emitter, "connectMs", series.last.connect_ms);
  write_number(emitter, "latencyMs", series.last.answer_ms);
  emitter.field("server", series.last.server);
  emitter.field("release", series.url.url.param("release"));
  emitter.field("error", series.last.error);
  if (several_) {
    emitter.field("probes", static_cast<std::int64_t>(series.count));
    emitter.field("failed", static_cast<std::int64_t>(series.failed));
    emitter.key("latencies");
    write_latencies(series.answer, emitter);
  }
  emitter.end_object();
}

std::optional<CheckReport> ProbeListing::report() const { return report_of(series_); }

}  // namespace podreg::output
