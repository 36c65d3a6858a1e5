// What `watch` tells, one event at a time: as JSON, and in words.
#pragma once

#include <cstdint>
#include <string>

#include "core/instance_changes.h"
#include "output/emitter.h"
#include "output/listing.h"

namespace podreg::output {

// What the present instances are followed by.
struct SyncedEvent {
  std::size_t instances = 0;
  std::size_t warnings = 0;
};

// {"type":"ADDED","time":"2026-11-27T10:00:00.123Z","object":{…}}: `object` is an instance, as in
// an InstanceList, or a warning. MODIFIED has "changes":[{"key","before","after"}], too, null for a
// value that is absent. `time` is in milliseconds since the epoch. The document is ended.
void write_event(const core::RegistryChange& change, std::int64_t time, Emitter& emitter);

// {"type":"SYNCED","time":…,"object":{"instances":3,"warnings":0}}
void write_event(const SyncedEvent& synced, std::int64_t time, Emitter& emitter);

// `revision 108cc42e -> 44352605, weight 100 -> 50`; not escaped.
std::string changed_values(const core::RegistryChange& change, Detail detail);

// "3 instances", "1 instance".
std::string instances_text(std::size_t count);

// "2026-11-27T10:00:00Z", and with milliseconds.
std::string event_time(std::int64_t time);
std::string exact_event_time(std::int64_t time);

}  // namespace podreg::output
