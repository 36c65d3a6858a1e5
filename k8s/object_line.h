// A Kubernetes object as text, field by field.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "core/kubernetes.h"
#include "core/streams.h"

namespace podreg::k8s {

// One object, as a line of JSON. Fields that are empty are left out, as Kubernetes leaves them out.
class ObjectLine {
 public:
  explicit ObjectLine(core::TextSink& to) : to_(to) {}

  // Passes it on, behind a comma when it is not the first one.
  void finish(bool& first) {
    to_.write(first ? "\n" : ",\n");
    to_.write({buffer_.GetString(), buffer_.GetSize()});
    first = false;
    buffer_.Clear();
    json_.Reset(buffer_);
  }

  template <typename Members>
  void object(const Members& members) {
    json_.StartObject();
    members();
    json_.EndObject();
  }
  template <typename Members>
  void object(std::string_view key, const Members& members) {
    this->key(key);
    object(members);
  }
  template <typename Items>
  void list(std::string_view key, const Items& items, const auto& write) {
    if (items.empty()) return;
    this->key(key);
    json_.StartArray();
    for (const auto& item : items) write(item);
    json_.EndArray();
  }

  void field(std::string_view key, std::string_view value) {
    if (!value.empty()) always(key, value);
  }
  void always(std::string_view key, std::string_view value) {
    this->key(key);
    text(value);
  }
  void number(std::string_view key, int value) {
    this->key(key);
    json_.Int(value);
  }
  void boolean(std::string_view key, bool value) {
    this->key(key);
    json_.Bool(value);
  }
  void raw(std::string_view key, const std::string& value) {
    this->key(key);
    json_.RawValue(value.data(), value.size(), rapidjson::kObjectType);
  }
  void labels(std::string_view key, const core::Labels& labels) {
    if (labels.empty()) return;
    object(key, [&] {
      for (const auto& [name, value] : labels) always(name, value);
    });
  }
  void text(std::string_view text) {
    json_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }

 private:
  void key(std::string_view key) {
    json_.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
  }

  core::TextSink& to_;
  core::JsonBuffer buffer_;
  core::JsonWriter<> json_{buffer_};
};

}  // namespace podreg::k8s
