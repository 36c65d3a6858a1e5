#include "output/registry_events.h"

#include <fmt/format.h>

#include "core/counted.h"
#include "core/metadata.h"
#include "output/cell_text.h"
#include "output/instance_listing.h"
#include "output/list_document.h"

namespace podreg::output {
namespace {

void begin_event(std::string_view type, std::int64_t time, Emitter& emitter) {
  emitter.begin_object();
  emitter.field("type", type);
  emitter.field("time", exact_event_time(time));
  emitter.key("object");
}

void end_event(Emitter& emitter) {
  emitter.end_object();
  emitter.end_document();
}

void write_value(std::string_view name, const std::optional<std::string>& value, Emitter& emitter) {
  emitter.key(name);
  if (value) {
    emitter.string(*value);
  } else {
    emitter.null();
  }
}

void write_values(const std::vector<core::ValueChange>& values, Emitter& emitter) {
  emitter.key("changes");
  emitter.begin_array();
  for (const core::ValueChange& value : values) {
    emitter.begin_object();
    emitter.field("key", value.key);
    write_value("before", value.before, emitter);
    write_value("after", value.after, emitter);
    emitter.end_object();
  }
  emitter.end_array();
}

std::string value_text(const std::string& key, const std::optional<std::string>& value,
                       Detail detail) {
  constexpr std::size_t kLongest = 40;
  if (!value) return std::string(kNone);
  if (key == core::kRevisionKey) return revision_text(*value, detail);
  if (detail == Detail::wide || value->size() <= kLongest) return *value;
  return {};  // long texts differ somewhere; that they do is said
}

std::string change_text(const core::ValueChange& change, Detail detail) {
  std::string_view key = change.key;
  if (key == core::kRevisionKey) key = "revision";
  const auto before = value_text(change.key, change.before, detail);
  const auto after = value_text(change.key, change.after, detail);
  if (before.empty() || after.empty()) return std::string(key);
  return fmt::format("{} {} -> {}", key, before, after);
}

}  // namespace

void write_event(const core::RegistryChange& change, std::int64_t time, Emitter& emitter) {
  begin_event(core::to_string(change.type), time, emitter);
  if (core::is_about_instance(change.type)) {
    write_instance(*change.instance, emitter);
  } else {
    write_warning(*change.warning, emitter);
  }
  if (change.type == core::ChangeType::modified) write_values(change.values, emitter);
  end_event(emitter);
}

void write_event(const SyncedEvent& synced, std::int64_t time, Emitter& emitter) {
  begin_event("SYNCED", time, emitter);
  emitter.begin_object();
  emitter.field("instances", static_cast<std::int64_t>(synced.instances));
  emitter.field("warnings", static_cast<std::int64_t>(synced.warnings));
  emitter.end_object();
  end_event(emitter);
}

// The timestamp changes with every registration, and says nothing that the event's time does not.
std::string changed_values(const core::RegistryChange& change, Detail detail) {
  std::string text;
  std::string revision;
  for (const core::ValueChange& value : change.values) {
    if (value.key == core::kTimestampKey && detail == Detail::table && change.values.size() > 1)
      continue;
    if (value.key == core::kRevisionKey) {
      revision = change_text(value, detail);
      continue;
    }
    if (!text.empty()) text += ", ";
    text += change_text(value, detail);
  }
  if (revision.empty() || text.empty()) return revision + text;
  return revision + ", " + text;
}

std::string instances_text(std::size_t count) { return core::counted(count, "instance"); }

std::string event_time(std::int64_t time) { return time_text(std::to_string(time)); }

std::string exact_event_time(std::int64_t time) {
  std::string text = event_time(time);
  text.insert(text.size() - 1, fmt::format(".{:03}", time % 1000));
  return text;
}

}  // namespace podreg::output
