#include "core/redaction_text.h"

#include <algorithm>
#include <array>

#include "core/json.h"
#include "core/metadata.h"

namespace podreg::core {
namespace {

using Value = JsonValue;
using Writer = JsonWriter<>;

// Parameters whose values are words of Dubbo's, not somebody's names.
constexpr std::array<std::string_view, 14> kWordParameters = {
    "cluster",    "codec",       "dispatcher",    "executor-management-mode",
    "file-cache", "loadbalance", "metadata-type", "prefer.serialization",
    "protocol",   "proxy",       "serialization", "side",
    "threadpool", "transporter"};

bool is_word_parameter(std::string_view key) {
  return std::ranges::find(kWordParameters, key) != kWordParameters.end();
}

// A number, a version such as "1.0.0" or "3.2.6", a truth value: nobody's name.
bool says_nothing(std::string_view value) {
  if (value == "true" || value == "false" || value == "null") return true;
  return value.find_first_not_of("0123456789.-") == std::string_view::npos;
}

std::string redact_each(std::string_view text, char separator, const auto& redact) {
  std::string result;
  for (std::size_t begin = 0;;) {
    const auto end = std::min(text.find(separator, begin), text.size());
    result += redact(text.substr(begin, end - begin));
    if (end == text.size()) return result;
    result += separator;
    begin = end + 1;
  }
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "host:port", "[fd00::1]:port", or a host alone.
std::string redact_authority(std::string_view authority, Pseudonyms& pseudonyms) {
  const auto at = authority.rfind('@');
  if (at != std::string_view::npos) authority.remove_prefix(at + 1);  // a user is dropped
  if (authority.starts_with('[')) {
    const auto end = std::min(authority.find(']'), authority.size());
    const auto host = authority.substr(1, end - 1);
    const auto address = is_ip_address(host) ? pseudonyms.address(host) : pseudonyms.name(host);
    return "[" + address + std::string(authority.substr(end));
  }
  const auto colon = authority.rfind(':');
  if (colon == std::string_view::npos || !is_number(authority.substr(colon + 1))) {
    return redact_value(authority, pseudonyms);
  }
  return redact_value(authority.substr(0, colon), pseudonyms) +
         std::string(authority.substr(colon));
}

std::string redact_query(std::string_view query, Pseudonyms& pseudonyms) {
  return redact_each(query, '&', [&](std::string_view pair) {
    const auto equals = std::min(pair.find('='), pair.size());
    if (equals == pair.size()) return redact_value(pair, pseudonyms);
    const auto key = pair.substr(0, equals);
    return std::string(key) + "=" + redact_parameter(key, pair.substr(equals + 1), pseudonyms);
  });
}

std::string_view text_of(const Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

void write_text(std::string_view text, Writer& writer) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

// A JSON value whose texts are the values of parameters.
void write_redacted(std::string_view key, const Value& value, Pseudonyms& pseudonyms,
                    Writer& writer) {
  if (value.IsString()) {
    write_text(redact_parameter(key, text_of(value), pseudonyms), writer);
  } else if (value.IsArray()) {
    writer.StartArray();
    for (const auto& element : value.GetArray()) {
      write_redacted(key, element, pseudonyms, writer);
    }
    writer.EndArray();
  } else if (value.IsObject()) {
    writer.StartObject();
    for (const auto& member : value.GetObject()) {
      write_text(text_of(member.name), writer);
      write_redacted(text_of(member.name), member.value, pseudonyms, writer);
    }
    writer.EndObject();
  } else {
    value.Accept(writer);
  }
}

constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseFullPrecisionFlag |
                            rapidjson::kParseValidateEncodingFlag;

// JSON in a text, as url-params and endpoints are; other text is a value.
std::string redact_json_text(std::string_view text, Pseudonyms& pseudonyms) {
  JsonDocument document;
  document.Parse<kFlags>(text.data(), text.size());
  if (document.HasParseError()) return redact_value(text, pseudonyms);
  JsonBuffer buffer;
  Writer writer(buffer);
  write_redacted("", document, pseudonyms, writer);
  return {buffer.GetString(), buffer.GetSize()};
}

// Values of the registration's own keys.
std::string redact_entry(std::string_view key, std::string_view value, Pseudonyms& pseudonyms) {
  if (key == kRevisionKey) return pseudonyms.revision(value);
  if (key == kStorageTypeKey) return std::string(value);
  const bool is_json =
      key == kEndpointsKey || key == kMetadataServiceParamsKey || key == kMetadataServiceUrlsKey;
  return is_json ? redact_json_text(value, pseudonyms) : redact_value(value, pseudonyms);
}

bool is_dubbos_key(std::string_view key) {
  return key.starts_with("dubbo.") || key == kTimestampKey || key == kMetadataVersionKey;
}

void write_entry(const Value& name, const Value& value, Pseudonyms& pseudonyms, Writer& writer) {
  const auto key = text_of(name);
  write_text(is_dubbos_key(key) ? std::string(key) : pseudonyms.name(key), writer);
  if (value.IsString()) {
    write_text(redact_entry(key, text_of(value), pseudonyms), writer);
  } else {
    write_redacted(key, value, pseudonyms, writer);
  }
}

}  // namespace

std::string redact_value(std::string_view value, Pseudonyms& pseudonyms) {
  if (is_ip_address(value)) return pseudonyms.address(value);
  if (says_nothing(value)) return std::string(value);
  const auto same = [&](std::string_view part) { return redact_value(part, pseudonyms); };
  if (value.find(',') != std::string_view::npos) return redact_each(value, ',', same);
  if (value.find("://") != std::string_view::npos) return redact_url(value, pseudonyms);
  const auto colon = value.rfind(':');
  const bool has_port = colon != std::string_view::npos && is_number(value.substr(colon + 1));
  return has_port ? redact_authority(value, pseudonyms) : pseudonyms.name(value);
}

std::string redact_parameter(std::string_view key, std::string_view value, Pseudonyms& pseudonyms) {
  return is_word_parameter(key) ? std::string(value) : redact_value(value, pseudonyms);
}

std::string redact_path(std::string_view path, Pseudonyms& pseudonyms) {
  return redact_each(path, '/',
                     [&](std::string_view part) { return redact_value(part, pseudonyms); });
}

std::string redact_url(std::string_view url, Pseudonyms& pseudonyms) {
  const auto authority = url.find("://") + 3;
  const auto query = std::min(url.find('?', authority), url.size());
  const auto path = std::min(url.find('/', authority), query);
  std::string result(url.substr(0, authority));
  result += redact_authority(url.substr(authority, path - authority), pseudonyms);
  result += redact_path(url.substr(path, query - path), pseudonyms);
  if (query == url.size()) return result;
  return result + "?" + redact_query(url.substr(query + 1), pseudonyms);
}

std::string redact_registration(std::string_view annotation, Pseudonyms& pseudonyms) {
  if (annotation.empty()) return {};
  JsonDocument document;
  document.Parse<kFlags>(annotation.data(), annotation.size());
  if (document.HasParseError()) return "{not JSON";
  if (!document.IsObject()) return "[]";
  JsonBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  for (const auto& member : document.GetObject()) {
    write_entry(member.name, member.value, pseudonyms, writer);
  }
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace podreg::core
