// What is being read from an API server or a file, and how much of it has come, for who shows that.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "k8s/byte_source.h"

namespace podreg::k8s {

// Zero is what is not known.
struct ReadCounts {
  std::uint64_t objects = 0;
  std::uint64_t bytes = 0;
  std::uint64_t size = 0;  // bytes of all of it

  friend bool operator==(const ReadCounts&, const ReadCounts&) = default;
};

// Follows one reading: told with each piece that has come, and destroyed when the reading has
// ended. Must not throw. Empty: nobody follows it.
using ReadFollower = std::function<void(const ReadCounts&)>;

// Asked whenever a reading begins, which is before the wait for its first byte. `what` is what is
// done, "reading pods", and may have control characters in it. Must not throw; may be empty.
using ReadObserver = std::function<ReadFollower(const std::string& what)>;

inline ReadFollower begin_reading(const ReadObserver& observer, const std::string& what) {
  return observer ? observer(what) : ReadFollower();
}

// Passes a source on, and counts by the piece: an object more costs nothing. All must outlive it.
class CountedSource final : public ByteSource {
 public:
  // `objects` says how many there are by now; may be empty.
  CountedSource(ByteSource& source, ReadCounts& counts,
                const std::function<std::uint64_t()>& objects, const ReadFollower& follower)
      : source_(source), counts_(counts), objects_(objects), follower_(follower) {}

  std::string_view next() override { return count(source_.next()); }
  std::string_view rest() override { return count(source_.rest()); }

 private:
  std::string_view count(std::string_view piece) {
    counts_.bytes += piece.size();
    if (objects_) counts_.objects = objects_();
    follower_(counts_);
    return piece;
  }

  ByteSource& source_;
  ReadCounts& counts_;
  const std::function<std::uint64_t()>& objects_;
  const ReadFollower& follower_;
};

}  // namespace podreg::k8s
