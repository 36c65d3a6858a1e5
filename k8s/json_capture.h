// Part of a document as JSON text, made of the events of a JSON or YAML parser.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"

namespace podreg::k8s {

// Takes the events of one value, well formed. Not thread safe.
class JsonCapture {
 public:
  void start_map() { writer_.StartObject(); }
  void end_map() { writer_.EndObject(); }
  void start_list() { writer_.StartArray(); }
  void end_list() { writer_.EndArray(); }
  void key(std::string_view key) { writer_.Key(key.data(), size_of(key)); }
  void null() { writer_.Null(); }
  void boolean(bool value) { writer_.Bool(value); }
  void number(std::string_view digits) {
    writer_.RawValue(digits.data(), digits.size(), rapidjson::kNumberType);
  }
  void text(std::string_view text) { writer_.String(text.data(), size_of(text)); }

  std::string json() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  static rapidjson::SizeType size_of(std::string_view text) {
    return static_cast<rapidjson::SizeType>(text.size());
  }

  core::JsonBuffer buffer_;
  core::JsonWriter<> writer_{buffer_};
};

}  // namespace podreg::k8s
