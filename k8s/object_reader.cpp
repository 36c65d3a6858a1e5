#include "k8s/object_reader.h"

#include <rapidjson/error/en.h>

#include "core/json.h"
#include "k8s/json_stream.h"
#include "k8s/object_handler.h"
#include "k8s/read_errors.h"

namespace podreg::k8s {
namespace {

// RapidJSON collects a text or number on its stack before it passes it on. What Kubernetes stores
// is at most 1.5 MB, so no text of an object comes near this. It grows by halves: 13 MiB still fit,
// and meanwhile 9 MiB more are held.
constexpr std::size_t kMaxTextBytes = 16U << 20U;

struct TextTooLong {};

// RapidJSON's Allocator concept, hence its names.
// NOLINTBEGIN(readability-identifier-naming)
class BoundedAllocator : public core::JsonAllocator {
 public:
  static void* Malloc(std::size_t size) { return Realloc(nullptr, 0, size); }
  static void* Realloc(void* block, std::size_t before, std::size_t size) {
    if (size > kMaxTextBytes) throw TextTooLong{};
    return core::JsonAllocator::Realloc(block, before, size);
  }
};
// NOLINTEND(readability-identifier-naming)

// RapidJSON's Handler concept, hence its names. Numbers arrive as text, because of the flag below.
struct SaxHandler {
  ObjectHandler& to;

  bool Null() { return to.null(), true; }
  bool Bool(bool value) { return to.boolean(value), true; }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return to.number({text, size}), true;
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    return to.text({text, size}), true;
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) { return to.key({text, size}), true; }
  bool StartObject() { return to.start_map(), true; }
  bool EndObject(rapidjson::SizeType) { return to.end_map(), true; }
  bool StartArray() { return to.start_list(), true; }
  bool EndArray(rapidjson::SizeType) { return to.end_list(), true; }
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }
};

constexpr unsigned kFlags =
    rapidjson::kParseStopWhenDoneFlag | rapidjson::kParseNumbersAsStringsFlag;

using Reader = rapidjson::GenericReader<rapidjson::UTF8<>, rapidjson::UTF8<>, BoundedAllocator>;

// Reads one document after another until the stream's end.
class JsonDocuments {
 public:
  JsonDocuments(ByteSource& source, const std::string& name, const std::string& item_kind,
                const ObjectSink& sink)
      : name_(name),
        stream_(source, name),
        handler_(
            name, item_kind, sink, [this] { return byte_place(stream_.Tell()); },
            [this] { return stream_.Tell() - 1; }) {}

  ReadSummary read() {
    SkipWhitespace(stream_);
    if (stream_.at_end()) throw unreadable(name_, "is empty", "");
    do {
      read_document();
    } while (stream_.has_another());
    return handler_.summary();
  }

 private:
  void read_document() {
    SaxHandler sax{handler_};
    try {
      if (reader_.Parse<kFlags>(stream_, sax).IsError()) fail();
    } catch (const TextTooLong&) {
      throw unreadable(name_, in_object("has a text of more than 13 MiB"),
                       byte_place(stream_.Tell()));
    }
  }

  std::string in_object(const std::string& what) const {
    const auto object = handler_.current_object();
    return object.empty() ? what : object + ": " + what;
  }

  [[noreturn]] void fail() const {
    const auto code = reader_.GetParseErrorCode();
    if (code == rapidjson::kParseErrorNumberTooBig) handler_.too_long();
    const auto place = byte_place(reader_.GetErrorOffset());
    if (stream_.at_end()) throw ends_early(name_, handler_.current_object(), place);
    std::string reason = rapidjson::GetParseError_En(code);
    if (reason.ends_with('.')) reason.pop_back();
    throw unreadable(name_, in_object("is not valid JSON: " + reason), place);
  }

  const std::string& name_;
  JsonStream stream_;
  ObjectHandler handler_;
  Reader reader_;
};

}  // namespace

ReadSummary read_json(ByteSource& source, const std::string& name, const std::string& item_kind,
                      const ObjectSink& sink) {
  return JsonDocuments(source, name, item_kind, sink).read();
}

}  // namespace podreg::k8s
