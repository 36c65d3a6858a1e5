#include "k8s/watch_event.h"

#include <fmt/format.h>
#include <rapidjson/memorystream.h>

#include <array>
#include <charconv>

#include "core/error.h"
#include "core/json.h"
#include "core/short_text.h"
#include "k8s/read_errors.h"

namespace podreg::k8s {
namespace {

constexpr std::string_view kInitialEventsEnd = "k8s.io/initial-events-end";
constexpr std::size_t kDeepest = 500;

// Looks only at what an event says about itself, and where its object is. RapidJSON's Handler
// concept, hence the names of its functions.
class EventHandler : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, EventHandler> {
 public:
  EventHandler(WatchEvent& event, std::string& type, std::string_view line,
               rapidjson::MemoryStream& stream)
      : event_(event), type_(type), line_(line), stream_(stream) {}

  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return take_number({text, size}), true;
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    return take_text({text, size}), true;
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    if (depth_ <= keys_.size()) keys_[depth_ - 1].assign(text, size);
    return true;
  }
  bool StartObject() {
    if (at({"object"})) begin_ = stream_.Tell() - 1;
    return ++depth_ <= kDeepest;
  }
  bool EndObject(rapidjson::SizeType) {
    --depth_;
    if (at({"object"})) event_.object = line_.substr(begin_, stream_.Tell() - begin_);
    return true;
  }
  bool StartArray() {
    if (depth_ < keys_.size()) keys_[depth_].clear();  // its elements have no keys
    return ++depth_ <= kDeepest;
  }
  bool EndArray(rapidjson::SizeType) { return --depth_, true; }

 private:
  // Whether the value that comes next, or has just ended, stands under these keys.
  bool at(std::initializer_list<std::string_view> path) const {
    if (depth_ != path.size()) return false;
    std::size_t level = 0;
    for (const std::string_view key : path) {
      if (keys_[level++] != key) return false;
    }
    return true;
  }

  void take_text(std::string_view text) {
    if (depth_ == 0 || depth_ > keys_.size()) return;
    if (at({"type"})) type_ = text;
    if (at({"object", "message"})) event_.message = text;
    if (at({"object", "metadata", "resourceVersion"})) event_.resource_version = text;
    if (at({"object", "metadata", "annotations", kInitialEventsEnd}))
      event_.initial_events_end = text == "true";
  }

  void take_number(std::string_view digits) {
    const auto read = [digits](auto value) {
      const auto [end, error] =
          std::from_chars(digits.data(), digits.data() + digits.size(), value);
      return error == std::errc{} && end == digits.data() + digits.size() ? value
                                                                          : decltype(value){};
    };
    if (at({"object", "code"})) event_.code = read(0);
    if (at({"object", "details", "retryAfterSeconds"}))
      event_.retry_after = std::chrono::seconds(read(std::int32_t{0}));
  }

  WatchEvent& event_;
  std::string& type_;
  std::string_view line_;
  rapidjson::MemoryStream& stream_;
  std::array<std::string, 4> keys_;
  std::size_t depth_ = 0;
  std::size_t begin_ = 0;
};

std::optional<WatchEvent::Type> type_named(std::string_view name) {
  if (name == "ADDED") return WatchEvent::Type::added;
  if (name == "MODIFIED") return WatchEvent::Type::modified;
  if (name == "DELETED") return WatchEvent::Type::deleted;
  if (name == "BOOKMARK") return WatchEvent::Type::bookmark;
  if (name == "ERROR") return WatchEvent::Type::error;
  return std::nullopt;
}

}  // namespace

WatchEvent parse_watch_event(std::string_view line, const std::string& name) {
  WatchEvent event;
  std::string type;
  rapidjson::MemoryStream stream(line.data(), line.size());
  EventHandler handler(event, type, line, stream);
  core::JsonReader reader;
  constexpr unsigned kFlags =
      rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseValidateEncodingFlag;
  if (reader.Parse<kFlags>(stream, handler).IsError()) {
    throw unreadable(name, "an event is not valid JSON", byte_place(reader.GetErrorOffset()));
  }
  const auto known = type_named(type);
  if (!known || event.object.empty()) {
    throw unreadable(name,
                     fmt::format("an event of type \"{}\"{}", core::short_text(type, 50),
                                 known ? " has no object" : " is not known"),
                     "");
  }
  event.type = *known;
  return event;
}

std::optional<std::string_view> EventLines::next(const std::string& name) {
  for (;;) {
    const auto end = buffer_.find('\n', searched_);
    if (end == std::string::npos) break;
    const std::string_view line(buffer_.data() + begin_, end - begin_);
    begin_ = searched_ = end + 1;
    if (line.find_first_not_of(" \r\t") != std::string_view::npos) return line;
  }
  buffer_.erase(0, begin_);
  begin_ = 0;
  searched_ = buffer_.size();
  if (buffer_.size() > kLargestEvent) throw unreadable(name, "an event is longer than 8 MiB", "");
  return std::nullopt;
}

}  // namespace podreg::k8s
