#include "core/metadata_service.h"

#include <fmt/format.h>

#include <charconv>

#include "core/error.h"
#include "core/ip_address.h"
#include "core/json.h"
#include "core/service_url.h"

namespace podreg::core {
namespace {

constexpr std::string_view kSecondVersion = "2.0.0";
constexpr std::string_view kRemote = "remote";
constexpr const char* kVersion = "1.0.0";

[[noreturn]] void refuse(const Instance& instance, const std::string& what) {
  throw Error(ErrorKind::invalid_data, fmt::format("pod \"{}\" has {}", instance.pod, what));
}

int port_of(std::string_view text, const Instance& instance) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port < 1 || port > 65535) {
    refuse(instance,
           fmt::format("a {} whose port \"{}\" is none", kMetadataServiceParamsKey, text));
  }
  return port;
}

// Spring Cloud Alibaba: a JSON list of URLs, of which the first counts.
void read_urls(std::string_view urls, const Instance& instance, MetadataServiceAddress& address) {
  JsonDocument list;
  list.Parse<rapidjson::kParseIterativeFlag>(urls.data(), urls.size());
  if (list.HasParseError() || !list.IsArray() || list.Empty() || !list[0].IsString()) {
    refuse(instance, fmt::format("a {} that is no JSON list of URLs", kMetadataServiceUrlsKey));
  }
  const auto url = ServiceUrl::parse({list[0].GetString(), list[0].GetStringLength()});
  address.protocol = url.protocol;
  address.host = url.host;
  if (url.port != 0) address.port = url.port;
  if (auto version = url.param("version"); !version.empty()) address.version = std::move(version);
}

void read_params(std::string_view params, const Instance& instance,
                 MetadataServiceAddress& address) {
  const auto read = [&] {
    try {
      return Metadata::parse(params);
    } catch (const Error& error) {
      refuse(instance, fmt::format("a {} that cannot be read as a JSON object ({})",
                                   kMetadataServiceParamsKey, error.what()));
    }
  }();
  if (const auto protocol = read.find("protocol")) address.protocol = *protocol;
  if (const auto port = read.find("port")) address.port = port_of(*port, instance);
  if (const auto version = read.find("version")) address.version = *version;
}

}  // namespace

std::string MetadataServiceAddress::url() const {
  return fmt::format("{}://{}", protocol, host_port(host, port));
}

MetadataServiceAddress metadata_service_of(const Instance& instance,
                                           std::optional<int> default_port) {
  const Metadata& metadata = *instance.metadata;
  MetadataServiceAddress address;
  address.protocol = "dubbo";
  address.host = instance.host;
  address.port = default_port.value_or(instance.port);
  address.group = instance.service_name;
  address.version = kVersion;
  if (const auto urls = metadata.find(kMetadataServiceUrlsKey)) {
    read_urls(*urls, instance, address);
  } else if (const auto params = metadata.find(kMetadataServiceParamsKey)) {
    address.port = instance.port;
    read_params(*params, instance, address);
  }
  if (address.protocol != "dubbo" && address.protocol != "tri") {
    refuse(instance, fmt::format("a MetadataService over \"{}\"; only dubbo and tri have one",
                                 address.protocol));
  }
  address.second =
      address.protocol == "tri" && metadata.find(kMetadataVersionKey) == kSecondVersion;
  return address;
}

std::string metadata_service_param(const Instance& instance, std::string_view name) {
  const auto params = instance.metadata->find(kMetadataServiceParamsKey);
  if (!params) return {};
  try {
    return std::string(Metadata::parse(*params).find(name).value_or(""));
  } catch (const Error&) {
    return {};
  }
}

bool is_stored_remotely(const Instance& instance) {
  return instance.metadata->find(kStorageTypeKey) == kRemote;
}

}  // namespace podreg::core
