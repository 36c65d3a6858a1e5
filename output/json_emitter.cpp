
#include "core/json.h"
#include "output/code_points.h"
#include "output/emitter.h"
#include "output/json_text.h"

namespace podreg::output {

namespace {

// RapidJSON writes by the character; a virtual call for each would be the most of the work.
class WriteStream {
 public:
  using Ch = char;

  explicit WriteStream(core::TextSink& sink) : sink_(sink) {}

  void Put(char c) {
    if (size_ == sizeof(chunk_)) pass_on();
    chunk_[size_++] = c;
  }
  void Flush() {}  // RapidJSON calls it at the end of every document

  void pass_on() {
    sink_.write({chunk_, size_});
    size_ = 0;
  }

 private:
  core::TextSink& sink_;
  std::size_t size_ = 0;
  char chunk_[4096];
};

template <typename Writer>
class JsonEmitter : public Emitter {
 public:
  explicit JsonEmitter(core::TextSink& sink) : stream_(sink), writer_(stream_) {}

  void begin_object() override { writer_.StartObject(); }
  void end_object() override { writer_.EndObject(); }
  void begin_array() override { writer_.StartArray(); }
  void end_array() override { writer_.EndArray(); }
  void key(std::string_view name) override { string(name); }  // the writer knows by the place
  void integer(std::int64_t value) override { writer_.Int64(value); }
  void boolean(bool value) override { writer_.Bool(value); }
  void null() override { writer_.Null(); }

  void string(std::string_view text) override {
    if (is_printable_ascii(text)) {
      writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
    } else {
      raw(quoted_json(text), rapidjson::kStringType);
    }
  }

  void raw_json(std::string_view json) override {
    const auto compact = compact_json(json);
    if (compact) {
      raw(*compact, rapidjson::kObjectType);
    } else {
      string(json);
    }
  }

  void end_document() override {
    stream_.Put('\n');
    stream_.pass_on();
    writer_.Reset(stream_);
  }

 private:
  void raw(const std::string& json, rapidjson::Type type) {
    writer_.RawValue(json.data(), json.size(), type);
  }

  WriteStream stream_;
  Writer writer_;
};

}  // namespace

std::unique_ptr<Emitter> make_json_emitter(core::TextSink& sink, JsonLayout layout) {
  if (layout == JsonLayout::compact) {
    return std::make_unique<JsonEmitter<core::JsonWriter<WriteStream>>>(sink);
  }
  return std::make_unique<JsonEmitter<core::PrettyJsonWriter<WriteStream>>>(sink);
}

}  // namespace podreg::output
