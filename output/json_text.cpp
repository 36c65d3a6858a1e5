#include "output/json_text.h"

#include <fmt/format.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <iterator>

#include "output/code_points.h"

namespace podreg::output {

namespace {

constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag |
                            rapidjson::kParseValidateEncodingFlag;

// RapidJSON's own writer would quote a number that it gets as text.
class NumberKeepingWriter : public rapidjson::Writer<rapidjson::StringBuffer> {
 public:
  using Writer::Writer;
  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return RawValue(text, size, rapidjson::kNumberType);
  }
};

// Breaks lines, so that what is invisible has to be escaped before.
class PrettyWriter : public rapidjson::PrettyWriter<rapidjson::StringBuffer> {
 public:
  using rapidjson::PrettyWriter<rapidjson::StringBuffer>::PrettyWriter;
  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return RawValue(text, size, rapidjson::kNumberType);
  }
  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    const auto quoted = quoted_json({text, size});
    return RawValue(quoted.data(), quoted.size(), rapidjson::kStringType);
  }
  bool Key(const char* text, rapidjson::SizeType size, bool copy) {
    return String(text, size, copy);
  }
};

void append_json_escape(std::string& json, char32_t code) {
  const auto out = std::back_inserter(json);
  const auto value = static_cast<unsigned>(code);
  if (value <= 0xffff) {
    fmt::format_to(out, "\\u{:04x}", value);
  } else {
    const unsigned offset = value - 0x10000;
    fmt::format_to(out, "\\u{:04x}\\u{:04x}", 0xd800 + (offset >> 10), 0xdc00 + (offset & 0x3ff));
  }
}

std::string_view text_of(const rapidjson::StringBuffer& buffer) {
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

// In well-formed JSON, what is invisible and no line break stands in strings.
std::string escape_invisible(std::string_view json) {
  if (is_printable_ascii(json)) return std::string(json);
  std::string result;
  result.reserve(json.size() + 16);
  while (!json.empty()) {
    const CodePoint point = first_code_point(json);
    if (point.value != '\n' && is_unprintable(point.value)) {
      append_json_escape(result, point.value);
    } else {
      result += json.substr(0, point.size);
    }
    json.remove_prefix(point.size);
  }
  return result;
}

std::optional<std::string> compact_json(std::string_view json) {
  rapidjson::StringBuffer buffer;
  NumberKeepingWriter writer(buffer);
  rapidjson::MemoryStream stream(json.data(), json.size());
  rapidjson::Reader reader;
  if (reader.Parse<kFlags>(stream, writer).IsError()) return std::nullopt;
  return escape_invisible(text_of(buffer));
}

std::optional<std::string> pretty_json(std::string_view json) {
  rapidjson::StringBuffer buffer;
  PrettyWriter writer(buffer);
  rapidjson::MemoryStream stream(json.data(), json.size());
  rapidjson::Reader reader;
  if (reader.Parse<kFlags>(stream, writer).IsError()) return std::nullopt;
  return std::string(text_of(buffer));
}

std::string quoted_json(std::string_view text) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  const std::string valid = valid_utf8(text);
  writer.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
  return escape_invisible(text_of(buffer));
}

}  // namespace podreg::output
