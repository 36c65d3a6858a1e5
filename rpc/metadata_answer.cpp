#include "rpc/metadata_answer.h"

#include <fmt/format.h>

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

// Two places may hold the same value, so a small answer can stand for a MetadataInfo without end.
// This is what one is allowed to come to.
class Budget {
 public:
  // The text of a member; nothing when it is absent or null.
  std::optional<std::string> text(const Value& owner, const char* name) {
    const auto found = member(owner, name);
    if (!found || found->is_null()) return std::nullopt;
    if (found->kind() != Kind::string) {
      refuse(fmt::format("has a field \"{}\" that is not a string", name));
    }
    return copy(*found);
  }

  std::optional<Value> member(const Value& owner, std::string_view name) {
    spend(owner.size());
    return owner.member(name);
  }

  std::string copy(const Value& value) {
    spend(kOverhead + value.text().size());
    return std::string(value.text());
  }

  // Bytes of memory, or steps.
  void spend(std::size_t amount) {
    spent_ += amount;
    if (spent_ > kMost) refuse("has more in it than any that Dubbo makes");
  }

 private:
  static constexpr std::size_t kMost = std::size_t{128} << 20;
  static constexpr std::size_t kOverhead = 64;  // of a text in a map

  std::size_t spent_ = 0;
};

bool has_members(const Value& value) {
  return value.kind() == Kind::object || value.kind() == Kind::map;
}

int port_of(const Value& service, std::string_view key, Budget& budget) {
  const auto port = budget.member(service, "port");
  if (!port || port->is_null()) return -1;
  if (port->kind() != Kind::integer || port->integer() < -1 || port->integer() > 65535) {
    refuse(fmt::format("has a service \"{}\" whose port is none", key));
  }
  return static_cast<int>(port->integer());
}

void read_params(const Value& params, core::ServiceInfo& service, Budget& budget) {
  budget.spend(params.size());
  for (std::size_t i = 0; i < params.size(); ++i) {
    const Value name = params.key(i);
    const Value param = params.mapped(i);
    if (name.kind() == Kind::string && param.kind() == Kind::string) {
      service.params.emplace(budget.copy(name), budget.copy(param));
    }
  }
}

core::ServiceInfo service_of(const Value& value, std::string_view key, Budget& budget) {
  if (!has_members(value)) refuse(fmt::format("has a service \"{}\" that is not an object", key));
  core::ServiceInfo service;
  service.name = budget.text(value, "name").value_or("");
  service.group = budget.text(value, "group").value_or("");
  service.version = budget.text(value, "version").value_or("");
  service.protocol = budget.text(value, "protocol").value_or("");
  service.path = budget.text(value, "path");
  service.port = port_of(value, key, budget);
  const auto params = budget.member(value, "params");
  if (params && params->kind() == Kind::map) read_params(*params, service, budget);
  return service;
}

}  // namespace

core::MetadataInfo metadata_info_of(const Value& value) {
  if (value.is_null()) refuse("is null: the instance does not have this revision");
  if (!has_members(value)) refuse("is not an object");
  Budget budget;
  core::MetadataInfo info;
  info.app = budget.text(value, "app").value_or("");
  info.revision = budget.text(value, "revision").value_or("");
  const auto services = budget.member(value, "services");
  if (!services || services->is_null()) return info;
  if (services->kind() != Kind::map) refuse("has \"services\" that are not a map");
  for (std::size_t i = 0; i < services->size(); ++i) {
    if (services->key(i).kind() != Kind::string) refuse("has a service whose key is no string");
    const auto key = budget.copy(services->key(i));
    info.services.emplace(key, service_of(services->mapped(i), key, budget));
  }
  return info;
}

}  // namespace podreg::rpc
