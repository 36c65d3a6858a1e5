#include "k8s/pod_document.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "core/json.h"
#include "k8s/object_reader.h"
#include "k8s/read_errors.h"

namespace podreg::k8s {
namespace {

// A Kubernetes object is at most 1.5 MB in etcd.
constexpr std::size_t kLargestDocument = std::size_t{8} << 20;

class Bounded : public ByteSource {
 public:
  Bounded(ByteSource& source, const std::string& name) : source_(source), name_(name) {}

  std::string_view next() override { return bounded(source_.next()); }
  std::string_view rest() override { return bounded(source_.rest()); }

 private:
  std::string_view bounded(std::string_view piece) {
    read_ += piece.size();
    if (read_ > kLargestDocument) {
      throw unreadable(name_, fmt::format("is larger than {} MiB", kLargestDocument >> 20U), "");
    }
    return piece;
  }

  ByteSource& source_;
  const std::string& name_;
  std::size_t read_ = 0;
};

using Json = core::JsonWriter<>;

void write(Json& json, std::string_view text) {
  json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void begin_operation(Json& json, std::string_view name, std::string_view path) {
  json.StartObject();
  json.Key("op");
  write(json, name);
  json.Key("path");
  write(json, path);
}

void add(Json& json, std::string_view path, std::string_view value) {
  begin_operation(json, "add", path);
  json.Key("value");
  write(json, value);
  json.EndObject();
}

void add_annotations(Json& json) {
  begin_operation(json, "add", "/metadata/annotations");
  json.Key("value");
  json.StartObject();
  json.EndObject();
  json.EndObject();
}

void remove(Json& json, std::string_view path) {
  begin_operation(json, "remove", path);
  json.EndObject();
}

}  // namespace

core::Pod read_pod(ByteSource& source, const std::string& name) {
  std::optional<core::Pod> found;
  ObjectSink sink;
  sink.whole_pod = [&](core::Pod&& pod, std::size_t) { found = std::move(pod); };
  Bounded bounded(source, name);
  read_json(bounded, name, "Pod", sink);
  if (!found) throw unreadable(name, "holds no Pod", "");
  if (found->resource_version.empty()) throw unreadable(name, "has no resourceVersion", "");
  return std::move(*found);
}

std::string registration_patch(const core::Pod& pod, const std::optional<std::string>& value) {
  static constexpr std::string_view kPath = "/metadata/annotations/io.dubbo~1metadata";
  core::JsonBuffer text;
  Json json(text);
  json.StartArray();
  if (value && !pod.has_annotations) add_annotations(json);
  if (value) {
    add(json, kPath, *value);
  } else {
    remove(json, kPath);
  }
  add(json, "/metadata/resourceVersion", pod.resource_version);
  json.EndArray();
  return {text.GetString(), text.GetSize()};
}

}  // namespace podreg::k8s
