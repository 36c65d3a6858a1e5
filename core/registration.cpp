#include "core/registration.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>

#include "core/error.h"
#include "core/java_text.h"

namespace podreg::core {

namespace {

constexpr std::string_view kUrlParamsKey = "dubbo.metadata-service.url-params";
constexpr std::string_view kTimestampKey = "timestamp";

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

void apply(MetadataEntries& entries, const RegistrationInput& input) {
  if (!input.endpoints.empty()) set(entries, kEndpointsKey, endpoints_json(input.endpoints));
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

// Consumers that cannot read these two fail, or ask at the wrong place.
void check(const MetadataEntries& entries) {
  const Metadata metadata = Metadata::parse(to_annotation(entries));
  if (const auto endpoints = metadata.find(kEndpointsKey);
      endpoints && *endpoints != "[]" && metadata.endpoints().empty()) {
    refuse_value(
        kEndpointsKey,
        R"(is not a list like [{"port":20880,"protocol":"dubbo"}] with ports from 1 to 65535)");
  }
  const auto params = metadata.find(kUrlParamsKey);
  if (!params) return;
  try {
    const Metadata parsed = Metadata::parse(*params);
    if (!port_of(parsed.find("port").value_or("")))
      refuse_value(kUrlParamsKey, "has no port from 1 to 65535");
    if (parsed.find("protocol").value_or("").empty())
      refuse_value(kUrlParamsKey, "names no protocol");
  } catch (const Error& error) {
    if (std::string_view(error.what()).starts_with("the value of")) throw;
    refuse_value(kUrlParamsKey, fmt::format("is not a JSON object ({})", error.what()));
  }
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
  if (!port || at == 0) {
    throw Error(
        ErrorKind::usage,
        fmt::format("--endpoint \"{}\" is not PROTOCOL:PORT with a port from 1 to 65535", text),
        "for example --endpoint dubbo:20880");
  }
  return {std::string(text.substr(0, at)), *port};
}

MetadataEntries new_registration(const RegistrationInput& input, std::int64_t now) {
  MetadataEntries entries;
  apply(entries, input);
  if (!input.endpoints.empty()) {
    set_if_absent(entries, kUrlParamsKey, url_params_json(input.endpoints.front()));
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
