// Where an instance answers for the MetadataInfo of its revision: its MetadataService.
//
// Reproduces MetadataServiceURLBuilder (Standard and SpringCloud) and MetadataUtils of Dubbo 3.2.6,
// and what 3.3 adds with MetadataServiceV2 (`meta-v`).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/instance.h"

namespace podreg::core {

struct MetadataServiceAddress {
  std::string protocol;  // "dubbo", "tri"
  std::string host;      // textual, without brackets
  int port = 0;
  std::string group;    // the application
  std::string version;  // "1.0.0"
  bool second = false;  // MetadataServiceV2, which Dubbo 3.3 exports over tri

  // "dubbo://10.0.0.1:20880"
  std::string url() const;
};

// `default_port` is what --metadata-port says: the port where neither urls nor url-params are
// registered, and of a registered URL without one; otherwise the instance's own is taken. Throws
// Error(invalid_data) when what is registered is not well formed, or names a protocol without
// MetadataService.
MetadataServiceAddress metadata_service_of(const Instance& instance,
                                           std::optional<int> default_port);

// A parameter of what the instance registered with its MetadataService (url-params), such as
// "release"; empty when it is absent or cannot be read.
std::string metadata_service_param(const Instance& instance, std::string_view name);

// Whether the MetadataInfo is in a metadata center, where podreg cannot ask.
bool is_stored_remotely(const Instance& instance);

}  // namespace podreg::core
