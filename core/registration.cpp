#include "core/registration.h"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/error.h"

namespace podreg::core {

namespace {

constexpr std::string_view kUrlParamsKey = "dubbo.metadata-service.url-params";
constexpr std::string_view kTimestampKey = "timestamp";

// The order in which Dubbo writes its own keys; all others follow in the order given.
constexpr std::array kDubboOrder = {kUrlParamsKey, kEndpointsKey, kRevisionKey, kTimestampKey};

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void write(Writer& writer, std::string_view text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

template <typename Write>
std::string json(Write write_value) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  write_value(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string endpoints_json(const std::vector<ExportedEndpoint>& endpoints) {
  return json([&](Writer& writer) {
    writer.StartArray();
    for (const ExportedEndpoint& endpoint : endpoints) {
      writer.StartObject();
      writer.Key("port");
      writer.Int(endpoint.port);
      writer.Key("protocol");
      write(writer, endpoint.protocol);
      writer.EndObject();
    }
    writer.EndArray();
  });
}

// Where a provider exports its MetadataService: over dubbo when it has it, else over its first
// protocol.
const ExportedEndpoint& metadata_endpoint(const std::vector<ExportedEndpoint>& endpoints) {
  const auto dubbo = std::ranges::find(endpoints, "dubbo", &ExportedEndpoint::protocol);
  return dubbo == endpoints.end() ? endpoints.front() : *dubbo;
}

// MetadataServiceURLParamsMetadataCustomizer.
std::string url_params_json(const ExportedEndpoint& endpoint) {
  return to_annotation({{"prefer.serialization", "fastjson2,hessian2"},
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

MetadataEntries in_dubbo_order(const MetadataEntries& entries) {
  MetadataEntries ordered;
  for (const std::string_view key : kDubboOrder) {
    const auto found = std::ranges::find(entries, key, &MetadataEntries::value_type::first);
    if (found != entries.end()) ordered.push_back(*found);
  }
  std::ranges::copy_if(entries, std::back_inserter(ordered), [](const auto& entry) {
    return std::ranges::find(kDubboOrder, entry.first) == kDubboOrder.end();
  });
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

void add_metadata(RegistrationInput& input, std::string_view text) {
  rapidjson::Document document;
  const Metadata metadata = Metadata::parse(text);  // says what is wrong, and where
  for (std::size_t i = 0; i < metadata.size(); ++i) {
    const Metadata::Entry entry = metadata.entry(i);
    if (!entry.is_text && (entry.value.starts_with('{') || entry.value.starts_with('['))) {
      throw Error(ErrorKind::invalid_data,
                  fmt::format("the value of \"{}\" in --metadata is not a string", entry.key),
                  "write nested JSON as text, in quotes, as Dubbo does");
    }
    if (!entry.is_text) {
      input.notes.push_back(fmt::format("the value of \"{}\" is registered as the string \"{}\"",
                                        entry.key, entry.value));
    }
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
    set_if_absent(entries, kUrlParamsKey, url_params_json(metadata_endpoint(input.endpoints)));
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
  return entries;
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

std::string to_annotation(const MetadataEntries& entries) {
  return json([&](Writer& writer) {
    writer.StartObject();
    for (const auto& [key, value] : entries) {
      writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
      write(writer, value);
    }
    writer.EndObject();
  });
}

}  // namespace podreg::core
