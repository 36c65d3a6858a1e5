#include "core/metadata.h"

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>

#include <algorithm>
#include <charconv>
#include <numeric>

#include "core/ascii.h"
#include "core/error.h"
#include "core/json.h"

namespace podreg::core {

namespace {

// Nothing that Dubbo writes is nested; deeper text is an attack on recursive readers.
constexpr int kMaxDepth = 64;

// Numbers keep their digits, so that what was registered is shown as it was registered.
constexpr unsigned kParseFlags =
    rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseIterativeFlag;

}  // namespace

// Takes the events of one JSON object. Values of the top level that are strings become entries as
// they are; any other value is written again, compactly, by a JSON writer.
class MetadataBuilder {
 public:
  bool Null() { return depth_ == 1 || (depth_ > 1 && nested().Null()); }  // of a key: absent
  bool Bool(bool value) { return scalar(value ? "true" : "false", rapidjson::kTrueType); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return scalar({text, size}, rapidjson::kNumberType);
  }
  // With numbers as strings the reader never calls these.
  bool Int(int /*value*/) { return false; }
  bool Uint(unsigned /*value*/) { return false; }
  bool Int64(std::int64_t /*value*/) { return false; }
  bool Uint64(std::uint64_t /*value*/) { return false; }
  bool Double(double /*value*/) { return false; }

  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    if (depth_ == 0) return false;
    if (depth_ > 1) return nested().String(text, size);
    add_value({text, size}, true);
    return true;
  }
  bool StartObject() {
    return open([this] { return nested().StartObject(); }, true);
  }
  bool EndObject(rapidjson::SizeType /*members*/) {
    return close([this] { return nested().EndObject(); });
  }
  bool StartArray() {
    return open([this] { return nested().StartArray(); }, false);
  }
  bool EndArray(rapidjson::SizeType /*elements*/) {
    return close([this] { return nested().EndArray(); });
  }
  bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    if (depth_ > 1) return nested().Key(text, size);
    Metadata::Span span;
    span.begin = static_cast<std::uint32_t>(result_.text_.size());
    span.key_size = size;
    result_.text_.append(text, size);
    result_.entries_.push_back(span);
    absent_.push_back(true);
    return true;
  }

  bool too_deep() const { return depth_ >= kMaxDepth; }

  Metadata take() {
    drop_repeated_and_absent();
    result_.text_.shrink_to_fit();
    result_.entries_.shrink_to_fit();
    return std::move(result_);
  }

 private:
  using Writer = JsonWriter<>;

  Writer& nested() { return writer_; }

  bool scalar(std::string_view text, rapidjson::Type type) {
    if (depth_ == 0) return false;
    if (depth_ > 1) return nested().RawValue(text.data(), text.size(), type);
    add_value(text, false);
    return true;
  }

  template <typename Write>
  bool open(Write write, bool is_object) {
    if (too_deep() || (depth_ == 0 && !is_object)) return false;
    if (depth_ == 1) {
      buffer_.Clear();
      writer_.Reset(buffer_);
    }
    const bool ok = depth_ == 0 || write();
    ++depth_;
    return ok;
  }

  template <typename Write>
  bool close(Write write) {
    --depth_;
    if (depth_ == 0) return true;
    if (!write()) return false;
    if (depth_ == 1) add_value({buffer_.GetString(), buffer_.GetSize()}, false);
    return true;
  }

  void add_value(std::string_view text, bool is_text) {
    Metadata::Span& span = result_.entries_.back();
    span.value_size = static_cast<std::uint32_t>(text.size());
    span.is_text = is_text;
    result_.text_.append(text);
    absent_.back() = false;
  }

  // Leaves the last of the entries of one key, and none when that one is null.
  void drop_repeated_and_absent() {
    std::vector<std::size_t> order(result_.entries_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [this](std::size_t a, std::size_t b) {
      const auto left = result_.entry(a).key;
      const auto right = result_.entry(b).key;
      return left != right ? left < right : a < b;
    });
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
      if (result_.entry(order[i]).key == result_.entry(order[i + 1]).key) absent_[order[i]] = true;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < absent_.size(); ++i) {
      if (!absent_[i]) result_.entries_[kept++] = result_.entries_[i];
    }
    result_.entries_.resize(kept);
  }

  Metadata result_;
  std::vector<bool> absent_;
  JsonBuffer buffer_;
  Writer writer_{buffer_};
  int depth_ = 0;
};

Metadata Metadata::parse(std::string_view annotation) {
  MetadataBuilder builder;
  rapidjson::MemoryStream stream(annotation.data(), annotation.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> input(stream);
  JsonReader reader;
  // Checking the encoding character by character takes as long again as the rest.
  const auto result =
      is_ascii(annotation)
          ? reader.Parse<kParseFlags>(input, builder)
          : reader.Parse<kParseFlags | rapidjson::kParseValidateEncodingFlag>(input, builder);
  if (!result.IsError()) return builder.take();
  if (result.Code() != rapidjson::kParseErrorTermination) {
    std::string_view reason = rapidjson::GetParseError_En(result.Code());
    if (reason.ends_with('.')) reason.remove_suffix(1);
    throw Error(ErrorKind::invalid_data, fmt::format("{} at byte {}", reason, result.Offset()));
  }
  if (builder.too_deep()) {
    throw Error(ErrorKind::invalid_data, fmt::format("nested deeper than {} levels", kMaxDepth));
  }
  throw Error(ErrorKind::invalid_data, "the value is not an object");
}

Metadata::Entry Metadata::entry(std::size_t index) const {
  const Span& span = entries_[index];
  const std::string_view text = text_;
  return {text.substr(span.begin, span.key_size),
          text.substr(span.begin + span.key_size, span.value_size), span.is_text};
}

std::optional<std::string_view> Metadata::find(std::string_view key) const {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry candidate = entry(i);
    if (candidate.key == key) return candidate.value;
  }
  return std::nullopt;
}

namespace {

std::optional<int> port_of(const JsonValue& value) {
  int port = 0;
  if (value.IsInt()) port = value.GetInt();
  if (value.IsString()) {
    const std::string_view text(value.GetString(), value.GetStringLength());
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  }
  if (port < 1 || port > 65535) return std::nullopt;
  return port;
}

}  // namespace

std::optional<std::int64_t> Metadata::timestamp() const {
  const auto text = find(kTimestampKey);
  if (!text) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  constexpr std::int64_t kYear9999 = 253'402'300'799'999;
  return value < 0 || value > kYear9999 ? std::nullopt : std::optional(value);
}

std::vector<ExportedEndpoint> Metadata::endpoints() const {
  const auto text = find(kEndpointsKey);
  if (!text) return {};
  JsonDocument document;
  document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(
      text->data(), text->size());
  if (document.HasParseError() || !document.IsArray()) return {};
  std::vector<ExportedEndpoint> result;
  for (const auto& element : document.GetArray()) {
    if (!element.IsObject()) return {};
    const auto protocol = element.FindMember("protocol");
    const auto port = element.FindMember("port");
    if (protocol == element.MemberEnd() || port == element.MemberEnd()) return {};
    const auto number = port_of(port->value);
    if (!protocol->value.IsString() || !number) return {};
    result.push_back({{protocol->value.GetString(), protocol->value.GetStringLength()}, *number});
  }
  return result;
}

}  // namespace podreg::core
