#include "core/metadata_info.h"

#include <fmt/format.h>
#include <rapidjson/error/en.h>

#include "core/error.h"
#include "core/json.h"
#include "core/revision_text.h"

namespace podreg::core {

namespace {

[[noreturn]] void refuse(const std::string& what) {
  throw Error(ErrorKind::invalid_data, "the MetadataInfo " + what);
}

std::string_view text_of(const JsonValue& value) {
  return {value.GetString(), value.GetStringLength()};
}

// The text under the key; nothing when it is absent or null.
std::optional<std::string> text(const JsonValue& object, const char* key) {
  const auto member = object.FindMember(key);
  if (member == object.MemberEnd() || member->value.IsNull()) return std::nullopt;
  if (!member->value.IsString())
    refuse(fmt::format("has a field \"{}\" that is not a string", key));
  return std::string(text_of(member->value));
}

ServiceInfo service_of(const JsonValue& object, std::string_view key) {
  if (!object.IsObject()) refuse(fmt::format("has a service \"{}\" that is not an object", key));
  ServiceInfo service;
  service.name = text(object, "name").value_or("");
  if (service.name.empty()) refuse(fmt::format("has a service \"{}\" without a name", key));
  service.group = text(object, "group").value_or("");
  service.version = text(object, "version").value_or("");
  service.protocol = text(object, "protocol").value_or("");
  service.path = text(object, "path");
  if (const auto port = object.FindMember("port"); port != object.MemberEnd()) {
    if (!port->value.IsInt())
      refuse(fmt::format("has a service \"{}\" whose port is no number", key));
    service.port = port->value.GetInt();
    if (service.port < -1 || service.port > 65535)
      refuse(fmt::format("has a service \"{}\" whose port is not from 1 to 65535", key));
  }
  const auto params = object.FindMember("params");
  if (params == object.MemberEnd() || params->value.IsNull()) return service;
  if (!params->value.IsObject())
    refuse(fmt::format("has a service \"{}\" whose params are no object", key));
  for (const auto& param : params->value.GetObject()) {
    if (!param.value.IsString()) {
      refuse(fmt::format("has a service \"{}\" with a parameter \"{}\" that is not a string", key,
                         text_of(param.name)));
    }
    service.params.emplace(text_of(param.name), text_of(param.value));
  }
  return service;
}

using Writer = JsonWriter<>;

void write_text(std::string_view text, Writer& writer) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void write_field(std::string_view key, std::string_view value, Writer& writer) {
  write_text(key, writer);
  write_text(value, writer);
}

void write_service(const ServiceInfo& service, Writer& writer) {
  writer.StartObject();
  write_field("name", service.name, writer);
  if (!service.group.empty()) write_field("group", service.group, writer);
  if (!service.version.empty()) write_field("version", service.version, writer);
  write_field("protocol", service.protocol, writer);
  write_text("port", writer);
  writer.Int(service.port);
  if (service.path) write_field("path", *service.path, writer);
  write_text("params", writer);
  writer.StartObject();
  for (const auto& [key, value] : service.params) write_field(key, value, writer);
  writer.EndObject();
  writer.EndObject();
}

void write_services(const std::map<std::string, ServiceInfo, JavaLess>& services, Writer& writer) {
  writer.StartObject();
  for (const auto& [key, service] : services) {
    write_text(key, writer);
    write_service(service, writer);
  }
  writer.EndObject();
}

}  // namespace

std::string service_key(const std::string& group, const std::string& interface,
                        const std::string& version) {
  return match_key(group, interface, version, {});
}

std::string ServiceInfo::service_key() const { return core::service_key(group, name, version); }

std::string ServiceInfo::match_key() const {
  return core::match_key(group, name, version, protocol);
}

std::string MetadataInfo::compute_revision() const {
  RevisionText text(app);
  for (const auto& [key, service] : services) {
    text.begin_service(service.match_key(), service.port, service.path);
    for (const auto& [name, value] : service.params) text.add_parameter(name, value);
    text.end_service();
  }
  return text.revision();
}

std::string MetadataInfo::services_to_json() const {
  JsonBuffer buffer;
  Writer writer(buffer);
  write_services(services, writer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string MetadataInfo::to_json() const {
  JsonBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  write_field("app", app, writer);
  write_field("revision", revision, writer);
  write_text("services", writer);
  write_services(services, writer);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

namespace {

// Nothing that Dubbo writes is nested that deeply.
constexpr int kMaxDepth = 64;

void refuse_deep_nesting(std::string_view json) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') ++i;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kMaxDepth) refuse(fmt::format("is nested deeper than {} levels", kMaxDepth));
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
}

// Its texts stand in `json`, which is overwritten and must outlive it.
JsonDocument parse_object(std::string& json) {
  refuse_deep_nesting(json);
  // Parsing in place ends at a NUL, whatever stands behind it.
  if (const auto nul = json.find('\0'); nul != std::string::npos) {
    refuse(fmt::format("is not JSON: a NUL character (at byte {})", nul));
  }
  // When a character breaks off at the end, the check of the encoding still takes the bytes
  // that it announces: up to three, of which a string's own NUL is the first.
  json.append(2, '\0');
  JsonDocument document;
  document.ParseInsitu<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(
      json.data());
  if (document.HasParseError()) {
    refuse(fmt::format("is not JSON: {} (at byte {})",
                       rapidjson::GetParseError_En(document.GetParseError()),
                       document.GetErrorOffset()));
  }
  if (!document.IsObject()) refuse("is not a JSON object");
  return document;
}

MetadataInfo read_info(const JsonValue& object) {
  if (!object.IsObject()) refuse("is not a JSON object");
  MetadataInfo info;
  info.app = text(object, "app").value_or("");
  if (info.app.empty()) refuse("names no application (\"app\")");
  info.revision = text(object, "revision").value_or("");
  const auto services = object.FindMember("services");
  if (services == object.MemberEnd()) refuse("has no \"services\"");
  if (!services->value.IsObject()) refuse("has \"services\" that are not an object");
  for (const auto& service : services->value.GetObject()) {
    info.services.emplace(text_of(service.name), service_of(service.value, text_of(service.name)));
  }
  return info;
}

}  // namespace

MetadataInfo MetadataInfo::parse(std::string_view json) {
  std::string text(json);
  return read_info(parse_object(text));
}

std::vector<MetadataInfo> parse_metadata_file(std::string_view json) {
  std::string text(json);
  const auto document = parse_object(text);
  const auto items = document.FindMember("items");
  if (items == document.MemberEnd()) return {read_info(document)};
  if (!items->value.IsArray()) refuse("has \"items\" that are no list");
  std::vector<MetadataInfo> infos;
  for (const auto& item : items->value.GetArray()) {
    auto info = read_info(item);
    if (!info.services.empty()) infos.push_back(std::move(info));
  }
  return infos;
}

}  // namespace podreg::core
