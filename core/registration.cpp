#include "core/registration.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>

#include "core/error.h"
#include "core/java_text.h"
#include "core/json.h"

namespace podreg::core {

namespace {

// As fastjson2 writes a string: what JSON demands, and nothing else.
void append_quoted(std::string& json, std::string_view text) {
  constexpr std::string_view kShort = "\b\t\n\f\r\"\\";
  constexpr std::string_view kLetter = "btnfr\"\\";
  json += '"';
  for (const char c : text) {
    if (const auto at = kShort.find(c); at != std::string_view::npos) {
      json += '\\';
      json += kLetter[at];
    } else if (static_cast<unsigned char>(c) < 0x20) {
      json += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      json += c;
    }
  }
  json += '"';
}

std::string endpoints_json(const std::vector<ExportedEndpoint>& endpoints) {
  std::string json = "[";
  for (const ExportedEndpoint& endpoint : endpoints) {
    if (json.size() > 1) json += ',';
    json += fmt::format("{{\"port\":{},\"protocol\":", endpoint.port);
    append_quoted(json, endpoint.protocol);
    json += '}';
  }
  return json + "]";
}

std::string object_json(const MetadataEntries& entries) {
  std::string json = "{";
  for (const auto& [key, value] : entries) {
    if (json.size() > 1) json += ',';
    append_quoted(json, key);
    json += ':';
    append_quoted(json, value);
  }
  return json + "}";
}

// MetadataServiceURLParamsMetadataCustomizer. A provider exports its MetadataService over its first
// protocol.
std::string url_params_json(const ExportedEndpoint& endpoint) {
  return object_json({{"prefer.serialization", "fastjson2,hessian2"},
                      {"version", "1.0.0"},
                      {"dubbo", "2.0.2"},
                      {"release", "3.2.6"},
                      {"side", "provider"},
                      {"port", std::to_string(endpoint.port)},
                      {"protocol", endpoint.protocol}});
}

std::pair<std::string, std::string>* find(MetadataEntries& entries, std::string_view key) {
  const auto found = std::ranges::find(entries, key, &MetadataEntries::value_type::first);
  return found == entries.end() ? nullptr : &*found;
}

void set(MetadataEntries& entries, std::string_view key, std::string value) {
  if (auto* entry = find(entries, key)) {
    entry->second = std::move(value);
  } else {
    entries.emplace_back(key, std::move(value));
  }
}

void set_if_absent(MetadataEntries& entries, std::string_view key, std::string value) {
  if (find(entries, key) == nullptr) entries.emplace_back(key, std::move(value));
}

std::vector<ExportedEndpoint> each_once(const std::vector<ExportedEndpoint>& endpoints) {
  std::vector<ExportedEndpoint> result;
  for (const ExportedEndpoint& next : endpoints) {
    const auto is_next = [&](const ExportedEndpoint& known) {
      return known.protocol == next.protocol && known.port == next.port;
    };
    if (std::ranges::none_of(result, is_next)) result.push_back(next);
  }
  return result;
}

void apply(MetadataEntries& entries, const RegistrationInput& input) {
  if (!input.endpoints.empty())
    set(entries, kEndpointsKey, endpoints_json(each_once(input.endpoints)));
  if (input.revision) set(entries, kRevisionKey, *input.revision);
  for (const auto& [key, value] : input.entries) set(entries, key, value);
  for (const std::string& key : input.unset) {
    std::erase_if(entries, [&](const auto& entry) { return entry.first == key; });
  }
}

// Dubbo keeps its metadata in a HashMap, and writes it in that map's order.
MetadataEntries in_dubbo_order(const MetadataEntries& entries) {
  std::vector<std::string> keys;
  keys.reserve(entries.size());
  for (const auto& entry : entries) keys.push_back(entry.first);
  MetadataEntries ordered;
  ordered.reserve(entries.size());
  for (const std::size_t index : hash_map_order(keys)) ordered.push_back(entries[index]);
  return ordered;
}

[[noreturn]] void refuse_value(std::string_view key, const std::string& why) {
  throw Error(ErrorKind::invalid_data, fmt::format("the value of {} {}", key, why));
}

std::optional<int> port_of(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port < 1 || port > 65535)
    return std::nullopt;
  return port;
}

// A protocol's name becomes the scheme of URLs (RFC 3986, 3.1).
bool is_protocol(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto is_allowed = [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  };
  return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, is_allowed);
}

bool has_protocol(const ExportedEndpoint& endpoint) { return is_protocol(endpoint.protocol); }

void check_endpoints(const Metadata& metadata) {
  const auto value = metadata.find(kEndpointsKey);
  if (!value || *value == "[]") return;
  const auto endpoints = metadata.endpoints();
  if (!endpoints.empty() && std::ranges::all_of(endpoints, has_protocol)) return;
  refuse_value(kEndpointsKey,
               R"(is not a list like [{"port":20880,"protocol":"dubbo"}] with ports from 1 to )"
               "65535 and names of protocols");
}

// Whether the entry is there and a string.
bool is_text(const Metadata& metadata, std::string_view key) {
  for (std::size_t i = 0; i < metadata.size(); ++i) {
    if (metadata.entry(i).key == key) return metadata.entry(i).is_text;
  }
  return false;
}

void check_url_params(const Metadata& metadata) {
  const auto value = metadata.find(kMetadataServiceParamsKey);
  if (!value) return;
  Metadata params;
  try {
    params = Metadata::parse(*value);
  } catch (const Error& error) {
    refuse_value(kMetadataServiceParamsKey, fmt::format("is not a JSON object ({})", error.what()));
  }
  if (!port_of(params.find("port").value_or("")))
    refuse_value(kMetadataServiceParamsKey, "has no port from 1 to 65535");
  if (!is_text(params, "protocol") || !is_protocol(*params.find("protocol")))
    refuse_value(kMetadataServiceParamsKey, "names no protocol");
}

// Consumers that cannot read these two fail, or ask at the wrong place.
void check(const MetadataEntries& entries) {
  const Metadata metadata = Metadata::parse(to_annotation(entries));
  check_endpoints(metadata);
  check_url_params(metadata);
}

}  // namespace

void add_metadata(RegistrationInput& input, std::string_view json) {
  const Metadata metadata = Metadata::parse(json);  // says what is wrong, and where
  for (std::size_t i = 0; i < metadata.size(); ++i) {
    const Metadata::Entry entry = metadata.entry(i);
    if (!entry.is_text && (entry.value.starts_with('{') || entry.value.starts_with('['))) {
      throw Error(ErrorKind::invalid_data,
                  fmt::format("the value of \"{}\" in --metadata is not a string", entry.key),
                  "write nested JSON as text, in quotes, as Dubbo does");
    }
    if (!entry.is_text) input.made_text.emplace_back(entry.key);
    set(input.entries, entry.key, std::string(entry.value));
  }
  input.left_out = null_keys(json, metadata);
}

std::vector<std::string> null_keys(std::string_view json, const Metadata& parsed) {
  JsonDocument document;
  document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag>(
      json.data(), json.size());
  std::vector<std::string> keys;
  if (!document.IsObject()) return keys;
  for (const auto& member : document.GetObject()) {
    const std::string_view key(member.name.GetString(), member.name.GetStringLength());
    if (member.value.IsNull() && !parsed.find(key)) keys.emplace_back(key);
  }
  return keys;
}

std::pair<std::string, std::string> parse_assignment(std::string_view text) {
  const auto at = text.find('=');
  if (at == std::string_view::npos || at == 0) {
    throw Error(ErrorKind::usage, fmt::format("--set \"{}\" is not KEY=VALUE", text));
  }
  return {std::string(text.substr(0, at)), std::string(text.substr(at + 1))};
}

ExportedEndpoint parse_endpoint(std::string_view text) {
  const auto at = text.rfind(':');
  const auto port = at == std::string_view::npos ? std::nullopt : port_of(text.substr(at + 1));
  if (!port || !is_protocol(text.substr(0, at))) {
    throw Error(
        ErrorKind::usage,
        fmt::format("--endpoint \"{}\" is not PROTOCOL:PORT with a port from 1 to 65535", text),
        "for example --endpoint dubbo:20880; the name of a protocol is letters, digits, '+', '-' "
        "and "
        "'.'");
  }
  return {std::string(text.substr(0, at)), *port};
}

void check_input(const RegistrationInput& input) { check(input.entries); }

MetadataEntries new_registration(const RegistrationInput& input, std::int64_t now) {
  MetadataEntries entries;
  apply(entries, input);
  if (!input.endpoints.empty()) {
    set_if_absent(entries, kMetadataServiceParamsKey, url_params_json(input.endpoints.front()));
  }
  set_if_absent(entries, kRevisionKey, "0");
  set_if_absent(entries, kTimestampKey, std::to_string(now));
  check(entries);
  return in_dubbo_order(entries);
}

MetadataEntries merged_registration(const MetadataEntries& registered,
                                    const RegistrationInput& input) {
  MetadataEntries entries = registered;
  apply(entries, input);
  check(entries);
  return in_dubbo_order(entries);
}

void stamp(MetadataEntries& entries, std::int64_t now) {
  set(entries, kTimestampKey, std::to_string(now));
}

bool same_but_for_timestamp(const MetadataEntries& a, const MetadataEntries& b) {
  const auto sorted = [](MetadataEntries entries) {
    std::erase_if(entries, [](const auto& entry) { return entry.first == kTimestampKey; });
    std::ranges::sort(entries);
    return entries;
  };
  return sorted(a) == sorted(b);
}

MetadataEntries entries_of(const Metadata& metadata) {
  MetadataEntries entries;
  for (std::size_t i = 0; i < metadata.size(); ++i) {
    const Metadata::Entry entry = metadata.entry(i);
    entries.emplace_back(entry.key, entry.value);
  }
  return entries;
}

std::string value_of(const MetadataEntries& entries, std::string_view key) {
  const auto found = std::ranges::find(entries, key, &MetadataEntries::value_type::first);
  return found == entries.end() ? "" : found->second;
}

std::string to_annotation(const MetadataEntries& entries) { return object_json(entries); }

}  // namespace podreg::core
