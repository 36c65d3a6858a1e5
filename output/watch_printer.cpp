#include "output/watch_printer.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/error.h"
#include "output/color.h"
#include "output/shown_columns.h"
#include "output/terminal_text.h"

namespace podreg::output {
namespace {

std::vector<core::Instance> instances_in(const std::vector<core::RegistryChange>& changes) {
  std::vector<core::Instance> instances;
  for (const auto& change : changes) {
    if (core::is_about_instance(change.type)) instances.push_back(*change.instance);
  }
  return instances;
}

std::vector<core::Warning> warnings_in(const std::vector<core::RegistryChange>& changes,
                                       core::ChangeType type) {
  std::vector<core::Warning> warnings;
  for (const auto& change : changes) {
    if (change.type == type) warnings.push_back(*change.warning);
  }
  return warnings;
}

std::unique_ptr<Emitter> emitter_for(Format format, core::TextSink& out) {
  switch (format) {
    case Format::json:
      return make_json_emitter(out, JsonLayout::pretty);
    case Format::jsonl:
      return make_json_emitter(out, JsonLayout::compact);
    case Format::yaml:
      return make_yaml_emitter(out);
    case Format::table:
    case Format::wide:
      return nullptr;
    default:
      break;
  }
  throw core::Error(core::ErrorKind::usage,
                    "events are printed as table, wide, json, jsonl or yaml",
                    "-o jsonl is the one for programs");
}

constexpr std::size_t kOwnColumns = 2;  // before those of the instance; one is behind them

}  // namespace

WatchPrinter::WatchPrinter(const core::Streams& streams, PrintOptions options,
                           const InstanceView& view)
    : streams_(streams),
      options_(std::move(options)),
      view_(view),
      emitter_(emitter_for(options_.format, streams.out)) {
  std::vector<TableColumn> columns = {{"EVENT"}, {"TIME"}};
  auto of_instance = shown_columns(InstanceListing({}, {}, view_, ""), detail(), options_.columns);
  std::ranges::move(of_instance.columns, std::back_inserter(columns));
  shown_ = std::move(of_instance.places);
  columns.push_back({"CHANGE"});
  const bool color = use_color(options_.color, streams_.out_is_terminal);
  table_.emplace(std::move(columns), TableStyle{options_.headers, color}, streams_.out);
}

WatchPrinter::~WatchPrinter() = default;

void WatchPrinter::print(const std::vector<core::RegistryChange>& changes, std::int64_t time) {
  if (emitter_) {
    for (const auto& change : changes) write_event(change, time, *emitter_);
  } else {
    print_rows(changes, time);
    if (!options_.quiet) print_messages(changes, time);
  }
  streams_.out.flush();
}

void WatchPrinter::print(const SyncedEvent& synced, std::int64_t time) {
  if (emitter_) {
    write_event(synced, time, *emitter_);
  } else {
    std::vector<std::string> cells(kOwnColumns + shown_.size() + 1);
    cells[0] = "SYNCED";
    cells[1] = event_time(time);
    cells[kOwnColumns] = instances_text(synced.instances);
    table_->write(1, [&](std::size_t, std::size_t column) { return cells[column]; });
  }
  streams_.out.flush();
}

void WatchPrinter::print_rows(const std::vector<core::RegistryChange>& changes, std::int64_t time) {
  std::vector<const core::RegistryChange*> rows;
  for (const auto& change : changes) {
    if (core::is_about_instance(change.type)) rows.push_back(&change);
  }
  const InstanceListing listing(instances_in(changes), {}, view_, "");
  table_->write(rows.size(), [&](std::size_t row, std::size_t column) -> std::string {
    if (column == 0) return std::string(core::to_string(rows[row]->type));
    if (column == 1) return event_time(time);
    if (column - kOwnColumns == shown_.size()) return changed_values(*rows[row], detail());
    return listing.cell(row, shown_[column - kOwnColumns], detail());
  });
}

void WatchPrinter::print_messages(const std::vector<core::RegistryChange>& changes,
                                  std::int64_t time) {
  const bool color = use_color(options_.color, streams_.err_is_terminal);
  const auto say = [&](core::ChangeType type, std::string_view word, std::string_view since) {
    for (const auto& message : core::grouped_messages(warnings_in(changes, type))) {
      streams_.err.write(fmt::format("{} {} ({} {})\n", painted(word, Paint::yellow, color),
                                     terminal_text(message), since, event_time(time)));
    }
  };
  say(core::ChangeType::cleared, "cleared:", "until");
  say(core::ChangeType::warning, "warning:", "since");
  streams_.err.flush();
}

}  // namespace podreg::output
