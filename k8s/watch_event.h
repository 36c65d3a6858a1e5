// One event of a watch of the API server.
//
// Format (metav1.WatchEvent): a JSON object on a line of its own, `{"type":"ADDED","object":{…}}`.
// Types are ADDED, MODIFIED, DELETED; BOOKMARK, whose object has nothing but a resourceVersion from
// which the watch may go on, and with the annotation `k8s.io/initial-events-end` says that what
// there is has been sent (KEP-3157); ERROR, whose object is a Status, after which the server ends
// the watch.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace podreg::k8s {

// An event is as large as an object, of which etcd holds at most 1.5 MB.
inline constexpr std::size_t kLargestEvent = std::size_t{8} << 20;

struct WatchEvent {
  enum class Type { added, modified, deleted, bookmark, error };

  Type type = Type::error;
  std::string_view object;       // its JSON, a part of the line
  std::string resource_version;  // of the object; empty when it has none
  bool initial_events_end = false;

  // Of the Status of an error.
  int code = 0;
  std::string message;
  std::optional<std::chrono::seconds> retry_after;
};

// `name` names the watch in messages. Throws Error(invalid_data) when the line is not an event.
WatchEvent parse_watch_event(std::string_view line, const std::string& name);

// Cuts a stream of pieces into lines.
class EventLines {
 public:
  void feed(std::string_view piece) { buffer_.append(piece); }

  // The next whole line that is not blank, without its end; valid until the next call. Nothing:
  // more has to be fed. Throws Error(invalid_data) when a line is longer than kLargestEvent.
  std::optional<std::string_view> next(const std::string& name);

 private:
  std::string buffer_;
  std::size_t begin_ = 0;     // of what has not been passed
  std::size_t searched_ = 0;  // up to there, there is no end of a line
};

}  // namespace podreg::k8s
