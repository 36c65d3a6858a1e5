#include "core/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/comma_list.h"
#include "core/error.h"
#include "core/percent.h"
#include "core/service_url.h"

namespace podreg::core {
namespace {

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ErrorKind::usage, why,
              "for example com.example.OrderService, or consumer://10.0.0.1/"
              "com.example.OrderService?version=1.0.0&provided-by=shop-order");
}

InterfaceQuery parse_consumer_url(std::string_view text) {
  ServiceUrl url;
  try {
    url = ServiceUrl::parse(text);
  } catch (const Error& error) {
    refuse(error.what());
  }
  if (url.protocol != "consumer")
    refuse(fmt::format("\"{}\" is no URL of a consumer", without_secrets(text)));
  InterfaceQuery query;
  query.match.interface = url.param("interface");
  if (query.match.interface.empty()) query.match.interface = url.path;
  if (query.match.interface.empty())
    refuse(fmt::format("\"{}\" names no interface", without_secrets(text)));
  query.match.version = url.param("version");
  query.match.group = url.param("group");
  query.match.protocol = url.param("protocol");
  query.provided_by = parse_applications(url.param("provided-by"));
  return query;
}

// Of a URL as the nodes of a registry have it ("consumer%3A%2F%2F…"); nothing for other texts.
std::optional<std::string> decoded_url(std::string_view text) {
  if (text.find("%3A%2F%2F") == std::string_view::npos &&
      text.find("%3a%2f%2f") == std::string_view::npos) {
    return std::nullopt;
  }
  auto decoded = percent_decode(text);
  if (!decoded) refuse("the URL has a '%' that is not followed by two hexadecimal digits");
  return decoded;
}

Mapping stated(const InterfaceQuery& query, MappingSource source,
               const std::vector<std::string>& applications) {
  Mapping mapping{query.match.interface, source, {}};
  for (const auto& application : applications) {
    Provider provider;
    provider.application = application;
    mapping.providers.push_back(std::move(provider));
  }
  return mapping;
}

}  // namespace

std::string_view to_string(MappingSource source) {
  switch (source) {
    case MappingSource::provided_by:
      return "provided-by";
    case MappingSource::cache:
      return "cache";
    case MappingSource::subscribed_services:
      return "subscribed-services";
    case MappingSource::cluster:
      break;
  }
  return "cluster";
}

std::vector<std::string> parse_applications(std::string_view list) {
  const auto members = comma_list(list);
  const std::set<std::string, JavaLess> names(members.begin(), members.end());
  return {names.begin(), names.end()};
}

InterfaceQuery InterfaceQuery::parse(std::string_view text) {
  if (text.find("://") != std::string_view::npos) return parse_consumer_url(text);
  if (const auto url = decoded_url(text)) return parse_consumer_url(*url);
  if (text.empty()) refuse("an interface has a name, and none is given");
  InterfaceQuery query;
  query.match.interface = text;
  return query;
}

std::vector<std::string> Mapping::applications() const {
  std::set<std::string, JavaLess> names;
  for (const auto& provider : providers) names.insert(provider.application);
  return {names.begin(), names.end()};
}

bool Mapping::names(std::string_view ns, std::string_view application) const {
  return std::ranges::any_of(providers, [&](const Provider& provider) {
    return provider.application == application && (provider.ns.empty() || provider.ns == ns);
  });
}

bool any_names(const std::vector<Mapping>& mappings, std::string_view ns,
               std::string_view application) {
  return std::ranges::any_of(
      mappings, [&](const Mapping& mapping) { return mapping.names(ns, application); });
}

std::vector<Mapping> StatedSources::of(const InterfaceQuery& query) const {
  std::vector<Mapping> mappings;
  const auto add = [&](MappingSource source, const std::vector<std::string>& applications) {
    if (!applications.empty()) mappings.push_back(stated(query, source, applications));
  };
  add(MappingSource::provided_by, provided_by.empty() ? query.provided_by : provided_by);
  if (const auto cached = cache.find(query.match.interface); cached != cache.end()) {
    add(MappingSource::cache, cached->second);
  }
  add(MappingSource::subscribed_services, subscribed_services);
  return mappings;
}

}  // namespace podreg::core
