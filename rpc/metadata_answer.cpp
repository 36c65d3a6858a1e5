#include "rpc/metadata_answer.h"

#include <fmt/format.h>

#include <limits>
#include <optional>

#include "core/error.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;
using hessian2::Kind;
using hessian2::Value;

namespace {

[[noreturn]] void refuse(const std::string& what) {
  throw Error(ErrorKind::invalid_data, "the MetadataInfo " + what);
}

bool has_members(const Value& value) {
  return value.kind() == Kind::object || value.kind() == Kind::map;
}

// The text of a member; nothing when it is absent or null.
std::optional<std::string> text(const Value& owner, const char* name) {
  const auto member = owner.member(name);
  if (!member || member->is_null()) return std::nullopt;
  if (member->kind() != Kind::string) {
    refuse(fmt::format("has a field \"{}\" that is not a string", name));
  }
  return std::string(member->text());
}

int port_of(const Value& service, std::string_view key) {
  const auto port = service.member("port");
  if (!port || port->is_null()) return -1;
  if (port->kind() != Kind::integer || port->integer() > std::numeric_limits<int>::max()) {
    refuse(fmt::format("has a service \"{}\" whose port is no number", key));
  }
  return static_cast<int>(port->integer());
}

core::ServiceInfo service_of(const Value& value, std::string_view key) {
  if (!has_members(value)) refuse(fmt::format("has a service \"{}\" that is not an object", key));
  core::ServiceInfo service;
  service.name = text(value, "name").value_or("");
  service.group = text(value, "group").value_or("");
  service.version = text(value, "version").value_or("");
  service.protocol = text(value, "protocol").value_or("");
  service.path = text(value, "path");
  service.port = port_of(value, key);
  const auto params = value.member("params");
  if (!params || params->kind() != Kind::map) return service;
  for (std::size_t i = 0; i < params->size(); ++i) {
    const Value name = params->key(i);
    const Value param = params->mapped(i);
    if (name.kind() == Kind::string && param.kind() == Kind::string) {
      service.params.emplace(name.text(), param.text());
    }
  }
  return service;
}

}  // namespace

core::MetadataInfo metadata_info_of(const Value& value) {
  if (value.is_null()) refuse("is null: the instance does not have this revision");
  if (!has_members(value)) refuse("is not an object");
  core::MetadataInfo info;
  info.app = text(value, "app").value_or("");
  info.revision = text(value, "revision").value_or("");
  const auto services = value.member("services");
  if (!services || services->is_null()) return info;
  if (services->kind() != Kind::map) refuse("has \"services\" that are not a map");
  for (std::size_t i = 0; i < services->size(); ++i) {
    if (services->key(i).kind() != Kind::string) refuse("has a service whose key is no string");
    const auto key = services->key(i).text();
    info.services.emplace(key, service_of(services->mapped(i), key));
  }
  return info;
}

}  // namespace podreg::rpc
