// What an application exports: the MetadataInfo that a provider's MetadataService answers with, and
// the revision that names it.
//
// Format: Dubbo 3.2.6, org.apache.dubbo.metadata.MetadataInfo; its JSON is
// {"app":…,"revision":…,"services":{matchKey:{"name","group","version","protocol","port","path","params"}}}.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/java_text.h"

namespace podreg::core {

// "[group/]interface[:version]"; an empty group or version is left out.
std::string service_key(const std::string& group, const std::string& interface,
                        const std::string& version);

struct ServiceInfo {
  std::string name;  // the interface
  std::string group;
  std::string version;
  std::string protocol;
  int port = -1;  // -1: unknown
  std::optional<std::string> path;
  std::map<std::string, std::string, JavaLess> params;

  // Whether it has what a URL is made of: a name and a protocol.
  bool has_url() const { return !name.empty() && !protocol.empty(); }

  std::string service_key() const;  // of core::service_key()
  std::string match_key() const;    // service_key:protocol
};

struct MetadataInfo {
  std::string app;
  std::string revision;                                   // as announced; may be empty
  std::map<std::string, ServiceInfo, JavaLess> services;  // by the keys of the JSON

  // The revision that Dubbo computes: "0" without services, else the MD5 of app and services, in
  // lower-case hexadecimal.
  std::string compute_revision() const;

  // Dubbo's JSON, compact, which parse() reads to the same.
  std::string to_json() const;
  // Of it only the services.
  std::string services_to_json() const;

  // Reads Dubbo's JSON; unknown fields are ignored. Throws Error(invalid_data) that names what is
  // wrong.
  static MetadataInfo parse(std::string_view json);
};

// One MetadataInfo, or all of a MetadataList as `podreg metadata -o json` prints it; items without
// services, of which nobody answered, are left out. Throws Error(invalid_data).
std::vector<MetadataInfo> parse_metadata_file(std::string_view json);

}  // namespace podreg::core
