#include "core/url_derivation.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "core/ascii.h"

namespace podreg::core {
namespace {

constexpr std::string_view kNoServices = "0";

// As Dubbo's ProtocolServiceKey.Matcher has it: "*" alone is any, and only members of a list are
// trimmed.
bool lists(std::string_view list, std::string_view value) {
  if (list == kAny) return true;
  if (list.find(',') == std::string_view::npos) return list == value;
  for (;;) {
    const auto comma = list.find(',');
    if (trimmed(list.substr(0, comma), " ") == value) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
}

void set_unless_empty(ServiceUrl& url, const char* name, const std::string& value) {
  if (!value.empty()) url.params[name] = value;
}

DerivedUrl derive(const Instance& instance, const MetadataInfo& info, const ServiceInfo& service) {
  ServiceUrl url;
  url.protocol = service.protocol;
  url.host = instance.host;
  url.port = port_of(service, instance);
  url.path = service.path.value_or(service.name);
  url.params = service.params;
  url.params["interface"] = service.name;
  set_unless_empty(url, "group", service.group);
  set_unless_empty(url, "version", service.version);
  set_unless_empty(url, "application", info.app);
  return {std::move(url),        service.name,
          service.group,         service.version,
          instance.service_name, std::string(instance.metadata->revision()),
          instance.pod,          instance.ns};
}

}  // namespace

std::vector<std::string> variants_of(const std::vector<Instance>& instances,
                                     const MetadataByRevision& metadata,
                                     std::string_view interface) {
  std::set<std::string> variants;
  for (const Instance& instance : instances) {
    const auto info = metadata.find(instance.metadata->revision());
    if (info == metadata.end()) continue;
    for (const auto& [key, service] : info->second.services) {
      if (!service.has_url() || (!interface.empty() && service.name != interface)) continue;
      variants.insert(fmt::format(
          "{}{}, {}, {}", interface.empty() ? service.name + " with " : std::string(),
          service.group.empty() ? std::string("no group") : "group " + service.group,
          service.version.empty() ? std::string("no version") : "version " + service.version,
          service.protocol));
    }
  }
  return {variants.begin(), variants.end()};
}

bool ServiceMatch::accepts(const ServiceInfo& service) const {
  return (interface.empty() || interface == service.name) && lists(version, service.version) &&
         lists(group, service.group) && (protocol.empty() || lists(protocol, service.protocol));
}

bool exports_services(std::string_view revision) {
  return !revision.empty() && revision != kNoServices;
}

int port_of(const ServiceInfo& service, const Instance& instance) {
  if (service.port > 0) return service.port;
  for (const auto& endpoint : instance.metadata->endpoints()) {
    if (endpoint.protocol == service.protocol) return endpoint.port;
  }
  return instance.port;
}

std::vector<DerivedUrl> derive_urls(const std::vector<Instance>& instances,
                                    const MetadataByRevision& metadata, const ServiceMatch& match) {
  std::vector<DerivedUrl> result;
  // Step 3 gives an instance for every port of the union, so the same URL arises several times.
  std::set<std::tuple<std::string, std::string>> seen;
  for (const Instance& instance : instances) {
    const auto revision = instance.metadata->revision();
    const auto info = metadata.find(revision);
    if (!exports_services(revision) || info == metadata.end()) continue;
    for (const auto& [key, service] : info->second.services) {
      if (!service.has_url() || !match.accepts(service)) continue;
      auto derived = derive(instance, info->second, service);
      if (seen.emplace(derived.pod, derived.url.to_string()).second) {
        result.push_back(std::move(derived));
      }
    }
  }
  return result;
}

}  // namespace podreg::core
