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

// Parameters with a dot that are Dubbo's own; of others the part before it is a method, as in
// "createOrder.timeout".
constexpr std::array<std::string_view, 35> kDottedParameters = {"accesslog.fixed.path",
                                                                "application.version",
                                                                "bind.ip",
                                                                "bind.port",
                                                                "channel.readonly.send",
                                                                "channel.readonly.sent",
                                                                "connect.queue.capacity",
                                                                "connect.queue.warning.size",
                                                                "connect.timeout",
                                                                "dump.directory",
                                                                "exporter.listener",
                                                                "file.cache",
                                                                "future.clear.once",
                                                                "future.sync.set",
                                                                "generic.include.class",
                                                                "hash.arguments",
                                                                "hash.nodes",
                                                                "header.filter",
                                                                "heartbeat.timeout",
                                                                "idle.timeout",
                                                                "injvm.ignore.same-module",
                                                                "invocation.interceptor",
                                                                "invocationid.autoattach",
                                                                "invoker.listener",
                                                                "keep.alive",
                                                                "raw.return",
                                                                "reference.filter",
                                                                "reference.interceptor",
                                                                "register.ip",
                                                                "registry.protocol.listener",
                                                                "remote.application",
                                                                "send.reconnect",
                                                                "service.filter",
                                                                "service.path.prefix",
                                                                "tps.interval"};
constexpr std::array<std::string_view, 5> kDottedPrefixes = {"default.", "dubbo.", "metadata.",
                                                             "prefer.", "qos."};

bool is_dotted_parameter(std::string_view key) {
  return std::ranges::binary_search(kDottedParameters, key) ||
         std::ranges::any_of(kDottedPrefixes, [&](auto prefix) { return key.starts_with(prefix); });
}

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

// A text may be within another as often as somebody likes ("a:1:1:1…"); nothing that Dubbo writes
// is that deep.
constexpr int kDeepest = 64;

// Where a text is: with whose names, and within how many others.
struct Place {
  Pseudonyms& pseudonyms;
  int depth = 0;

  Place within() const { return {pseudonyms, depth + 1}; }
};

std::string value_at(std::string_view value, Place place);

// "host:port", "[fd00::1]:port", or a host alone.
std::string authority_at(std::string_view authority, Place place) {
  const auto at = authority.rfind('@');
  if (at != std::string_view::npos) authority.remove_prefix(at + 1);  // a user is dropped
  if (authority.starts_with('[')) {
    const auto end = std::min(authority.find(']'), authority.size());
    const auto host = authority.substr(1, end - 1);
    const auto address =
        is_ip_address(host) ? place.pseudonyms.address(host) : place.pseudonyms.name(host);
    return "[" + address + std::string(authority.substr(end));
  }
  const auto colon = authority.rfind(':');
  if (colon == std::string_view::npos || !is_number(authority.substr(colon + 1))) {
    return value_at(authority, place.within());
  }
  return value_at(authority.substr(0, colon), place.within()) +
         std::string(authority.substr(colon));
}

std::string parameter_at(std::string_view key, std::string_view value, Place place) {
  return is_word_parameter(key) ? std::string(value) : value_at(value, place);
}

std::string query_at(std::string_view query, Place place) {
  return redact_each(query, '&', [&](std::string_view pair) {
    const auto equals = std::min(pair.find('='), pair.size());
    if (equals == pair.size()) return value_at(pair, place.within());
    const auto key = pair.substr(0, equals);
    return redact_key(key, place.pseudonyms) + "=" +
           parameter_at(key, pair.substr(equals + 1), place.within());
  });
}

std::string path_at(std::string_view path, Place place) {
  return redact_each(path, '/',
                     [&](std::string_view part) { return value_at(part, place.within()); });
}

std::string url_at(std::string_view url, Place place) {
  const auto authority = url.find("://") + 3;
  const auto query = std::min(url.find('?', authority), url.size());
  const auto path = std::min(url.find('/', authority), query);
  std::string result(url.substr(0, authority));
  result += authority_at(url.substr(authority, path - authority), place);
  result += path_at(url.substr(path, query - path), place);
  if (query == url.size()) return result;
  return result + "?" + query_at(url.substr(query + 1), place);
}

std::string value_at(std::string_view value, Place place) {
  if (place.depth == kDeepest) return place.pseudonyms.name(value);
  if (is_ip_address(value)) return place.pseudonyms.address(value);
  if (says_nothing(value)) return std::string(value);
  if (value.find(',') != std::string_view::npos) {
    return redact_each(value, ',',
                       [&](std::string_view part) { return value_at(part, place.within()); });
  }
  if (value.find("://") != std::string_view::npos) return url_at(value, place);
  const auto colon = value.rfind(':');
  const bool has_port = colon != std::string_view::npos && is_number(value.substr(colon + 1));
  return has_port ? authority_at(value, place) : place.pseudonyms.name(value);
}

std::string_view text_of(const Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

void write_text(std::string_view text, Writer& writer) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

// Whether more arrays and objects than that are within one another.
bool nested_deeper(const Value& value, int levels) {
  if (value.IsArray()) {
    return levels == 0 || std::any_of(value.Begin(), value.End(), [&](const Value& element) {
             return nested_deeper(element, levels - 1);
           });
  }
  if (!value.IsObject()) return false;
  return levels == 0 ||
         std::any_of(value.MemberBegin(), value.MemberEnd(), [&](const Value::Member& member) {
           return nested_deeper(member.value, levels - 1);
         });
}

// A JSON value whose texts are the values of parameters; not nested deeper than kDeepest.
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
      write_text(redact_key(text_of(member.name), pseudonyms), writer);
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
  if (document.HasParseError() || nested_deeper(document, kDeepest)) {
    return redact_value(text, pseudonyms);
  }
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
  return value_at(value, {pseudonyms});
}

std::string redact_key(std::string_view key, Pseudonyms& pseudonyms) {
  const auto dot = key.rfind('.');
  if (dot == std::string_view::npos || is_dotted_parameter(key)) return std::string(key);
  const auto name = [&](std::string_view part) {
    return says_nothing(part) ? std::string(part) : pseudonyms.name(part);
  };
  return redact_each(key.substr(0, dot), '.', name) + std::string(key.substr(dot));
}

std::string redact_parameter(std::string_view key, std::string_view value, Pseudonyms& pseudonyms) {
  return parameter_at(key, value, {pseudonyms});
}

std::string redact_path(std::string_view path, Pseudonyms& pseudonyms) {
  return path_at(path, {pseudonyms});
}

std::string redact_url(std::string_view url, Pseudonyms& pseudonyms) {
  return url_at(url, {pseudonyms});
}

std::string redact_registration(std::string_view annotation, Pseudonyms& pseudonyms) {
  if (annotation.empty()) return {};
  JsonDocument document;
  document.Parse<kFlags>(annotation.data(), annotation.size());
  if (document.HasParseError() || nested_deeper(document, kDeepest)) return "{not JSON";
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
