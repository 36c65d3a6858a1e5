// Makes of a stream of changes one picture after the other, each of which could be what `instances`
// prints.
//
// What belongs to one reconciliation arrives within a moment, but not at once: a pod goes, and a
// little later its address. So a picture is made when nothing has changed for the time of the
// debounce, or, where changes never pause, ten times that after the first of them; and only of
// objects that belong together (RegistryWatch::consistent).
#pragma once

#include <chrono>
#include <cstdint>
#include <utility>

#include "core/clock.h"
#include "core/registry_picture.h"
#include "core/registry_watch.h"

namespace podreg::core {

// Not thread safe.
class WatchedRegistry {
 public:
  // Watch and clock must outlive it.
  WatchedRegistry(RegistryWatch& watch, Clock& clock, std::chrono::milliseconds debounce)
      : watch_(watch), clock_(clock), debounce_(debounce) {}

  // Waits until there is another picture, which the first one is as soon as everything has been
  // listed. False: `limit` is over before that, or the watch was woken. Throws what the watch
  // throws.
  bool next(std::chrono::milliseconds limit);

  // Empty before the first, and when it was taken.
  const RegistryPicture& picture() const { return picture_; }
  RegistryPicture take() { return std::move(picture_); }
  bool has_picture() const { return has_picture_; }

 private:
  std::int64_t settled_at() const;
  bool is_settled(std::int64_t now) const;
  void take_picture();

  RegistryWatch& watch_;
  Clock& clock_;
  std::chrono::milliseconds debounce_;
  RegistryPicture picture_;
  bool has_picture_ = false;
  bool changed_ = true;            // since the picture
  std::int64_t first_change_ = 0;  // since then
  std::int64_t last_change_ = 0;
};

}  // namespace podreg::core
