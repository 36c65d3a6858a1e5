#include "output/json_events.h"

#include <rapidjson/memorystream.h>

#include "core/json.h"

namespace podreg::output {

namespace {

// RapidJSON's events as calls of an Emitter.
class EmittingHandler : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, EmittingHandler> {
 public:
  EmittingHandler(std::string_view name, std::string_view value, Emitter& emitter)
      : name_(name), value_(value), emitter_(emitter) {}

  bool Null() {
    emitter_.null();
    return true;
  }
  bool Bool(bool value) {
    emitter_.boolean(value);
    return true;
  }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    emitter_.raw_json({text, size});
    return true;
  }
  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    emitter_.string({text, size});
    return true;
  }
  bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    emitter_.key({text, size});
    return true;
  }
  bool StartObject() {
    emitter_.begin_object();
    if (!begun_) emitter_.field(name_, value_);
    begun_ = true;
    return true;
  }
  bool EndObject(rapidjson::SizeType /*members*/) {
    emitter_.end_object();
    return true;
  }
  bool StartArray() {
    emitter_.begin_array();
    return true;
  }
  bool EndArray(rapidjson::SizeType /*elements*/) {
    emitter_.end_array();
    return true;
  }

 private:
  std::string_view name_;
  std::string_view value_;
  Emitter& emitter_;
  bool begun_ = false;
};

}  // namespace

void write_with_field(std::string_view object, std::string_view name, std::string_view value,
                      Emitter& emitter) {
  rapidjson::MemoryStream stream(object.data(), object.size());
  core::JsonReader reader;
  EmittingHandler handler(name, value, emitter);
  reader.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag>(stream,
                                                                                       handler);
}

}  // namespace podreg::output
