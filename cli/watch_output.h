// Where the events of `watch` go: lines, the live table of a terminal, or a command.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/instance_changes.h"
#include "core/registry_watch.h"
#include "output/instance_listing.h"

namespace podreg::cli {

class Context;

class WatchOutput {
 public:
  virtual ~WatchOutput() = default;

  // What has changed since the last picture; the first has everything as added. `time` is in
  // milliseconds since the epoch. Throws what writing throws.
  virtual void take(const std::vector<core::RegistryChange>& changes,
                    const core::RegistryPicture& picture, std::int64_t time) = 0;

  // The watch was woken: the terminal may have another size, or nobody may read any more.
  virtual void refresh() {}

  // Where trouble is told, when it is not on standard error; and what wakes the watch, -1: nothing.
  virtual core::TroubleSink trouble_sink() { return {}; }
  virtual int wake_descriptor() const { return -1; }
};

struct WatchOutputOptions {
  std::string exec;  // empty: none
  bool shell = false;
  bool live = false;
};

// `title` says what is watched. Throws Error(usage) for a format that events have not.
std::unique_ptr<WatchOutput> make_watch_output(const WatchOutputOptions& options,
                                               const output::InstanceView& view,
                                               const std::string& title, Context& context);

}  // namespace podreg::cli
