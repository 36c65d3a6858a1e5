#include "output/json_text.h"

#include <fmt/format.h>
#include <rapidjson/memorystream.h>

#include <iterator>

#include "core/json.h"
#include "output/code_points.h"

namespace podreg::output {

namespace {

constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag |
                            rapidjson::kParseValidateEncodingFlag;

// Passes on what is read. RapidJSON's own writers would quote a number that they get as text, and
// let half of a surrogate pair ("\ude00") through, which is no UTF-8.
template <typename Writer>
class PassingWriter : public Writer {
 public:
  using Writer::Writer;
  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return this->RawValue(text, size, rapidjson::kNumberType);
  }
  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    const auto quoted = quoted_json({text, size});
    return this->RawValue(quoted.data(), quoted.size(), rapidjson::kStringType);
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

std::string_view text_of(const core::JsonBuffer& buffer) {
  return {buffer.GetString(), buffer.GetSize()};
}

template <typename Writer>
std::optional<std::string> passed_on(std::string_view json) {
  core::JsonBuffer buffer;
  PassingWriter<Writer> writer(buffer);
  rapidjson::MemoryStream stream(json.data(), json.size());
  core::JsonReader reader;
  if (reader.Parse<kFlags>(stream, writer).IsError()) return std::nullopt;
  return std::string(text_of(buffer));
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
  return passed_on<core::JsonWriter<>>(json);
}

std::optional<std::string> pretty_json(std::string_view json) {
  return passed_on<core::PrettyJsonWriter<>>(json);
}

std::string quoted_json(std::string_view text) {
  core::JsonBuffer buffer;
  core::JsonWriter<> writer(buffer);
  const std::string valid = valid_utf8(text);
  writer.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
  return escape_invisible(text_of(buffer));
}

}  // namespace podreg::output
