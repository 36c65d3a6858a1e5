// Prints what a watch tells, a line or a document for each event, in the format that was asked for.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/instance_changes.h"
#include "core/streams.h"
#include "output/emitter.h"
#include "output/instance_listing.h"
#include "output/printer.h"
#include "output/registry_events.h"
#include "output/table.h"

namespace podreg::output {

class WatchPrinter {
 public:
  // The streams must outlive it. Throws Error(usage) for a format that events have not, such as
  // name.
  WatchPrinter(const core::Streams& streams, PrintOptions options, const InstanceView& view);
  ~WatchPrinter();

  // Events that belong together; `time` is in milliseconds since the epoch. To standard output,
  // flushed; tables have warnings on standard error instead, unless `quiet`. Throws Error(output).
  void print(const std::vector<core::RegistryChange>& changes, std::int64_t time);
  void print(const SyncedEvent& synced, std::int64_t time);

 private:
  void print_rows(const std::vector<core::RegistryChange>& changes, std::int64_t time);
  void print_messages(const std::vector<core::RegistryChange>& changes, std::int64_t time);
  Detail detail() const { return options_.format == Format::wide ? Detail::wide : Detail::table; }

  const core::Streams& streams_;
  PrintOptions options_;
  InstanceView view_;
  std::vector<std::size_t> shown_;  // of the columns of an InstanceListing
  std::optional<StreamedTable> table_;
  std::unique_ptr<Emitter> emitter_;  // of documents and lines
};

}  // namespace podreg::output
