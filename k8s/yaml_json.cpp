#include "k8s/yaml_json.h"

#include <fmt/format.h>

#include "core/error.h"
#include "core/json.h"

namespace podreg::k8s {

namespace {

constexpr std::size_t kLargest = std::size_t{64} << 10;
constexpr int kDeepest = 64;

bool is_json_number(const std::string& text) {
  core::JsonDocument document;
  document.Parse(text.data(), text.size());
  return !document.HasParseError() && document.IsNumber();
}

class JsonOf {
 public:
  explicit JsonOf(const std::string& what) : what_(what) {}

  void value(const YAML::Node& node, int depth = 0) {
    if (depth > kDeepest || buffer_.GetSize() > kLargest) {
      fail(fmt::format("is larger than {} KiB or nested too deeply", kLargest >> 10));
    }
    if (!node.IsDefined() || node.IsNull()) {
      writer_.Null();
    } else if (node.IsScalar()) {
      scalar(node);
    } else if (node.IsSequence()) {
      writer_.StartArray();
      for (const YAML::Node& item : node) value(item, depth + 1);
      writer_.EndArray();
    } else {
      map(node, depth);
    }
  }

  std::string text() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  void map(const YAML::Node& node, int depth) {
    writer_.StartObject();
    for (const auto& pair : node) {
      if (!pair.first.IsScalar() || pair.first.Scalar() == "<<") {
        fail("has a key that is not a text, or a merge key (<<)");
      }
      const auto& key = pair.first.Scalar();
      writer_.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
      value(pair.second, depth + 1);
    }
    writer_.EndObject();
  }

  void scalar(const YAML::Node& node) {
    const auto& text = node.Scalar();
    const bool plain = node.Tag() == "?" || node.Tag().empty();
    bool boolean = false;
    if (plain && YAML::convert<bool>::decode(node, boolean)) {
      writer_.Bool(boolean);
    } else if (plain && is_json_number(text)) {
      writer_.RawValue(text.data(), text.size(), rapidjson::kNumberType);
    } else {
      writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
    }
  }

  [[noreturn]] void fail(const std::string& why) const {
    throw core::Error(core::ErrorKind::invalid_data, fmt::format("{} {}", what_, why));
  }

  const std::string& what_;
  core::JsonBuffer buffer_;
  core::JsonWriter<> writer_{buffer_};
};

}  // namespace

std::string json_of(const YAML::Node& node, const std::string& what) {
  JsonOf json(what);
  json.value(node);
  return json.text();
}

}  // namespace podreg::k8s
