#include "rpc/metadata_info_v2.h"

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <utility>

#include "core/error.h"
#include "core/protobuf.h"

namespace podreg::rpc {
namespace {

constexpr std::string_view kSource = "the MetadataInfo";

// An entry of a map.
std::pair<std::string_view, std::string_view> read_entry(std::string_view bytes) {
  std::pair<std::string_view, std::string_view> entry;
  core::ProtobufMessage message(bytes, kSource);
  for (core::ProtobufMessage::Field field; message.next(field);) {
    if (field.number == 1) entry.first = message.bytes(field);
    if (field.number == 2) entry.second = message.bytes(field);
  }
  return entry;
}

// A number that is not written is 0, as everywhere in protobuf. Negative ones have 64 bits.
int port_of(std::uint64_t value) {
  const auto port = static_cast<std::int64_t>(value);
  if (port < -1 || port > 65535) {
    throw core::Error(core::ErrorKind::invalid_data,
                      fmt::format("{} has a service with port {}", kSource, port));
  }
  return static_cast<int>(port);
}

core::ServiceInfo read_service(std::string_view bytes) {
  core::ServiceInfo service;
  service.port = 0;
  core::ProtobufMessage message(bytes, kSource);
  for (core::ProtobufMessage::Field field; message.next(field);) {
    switch (field.number) {
      case 1:
        service.name = message.bytes(field);
        break;
      case 2:
        service.group = message.bytes(field);
        break;
      case 3:
        service.version = message.bytes(field);
        break;
      case 4:
        service.protocol = message.bytes(field);
        break;
      case 5:
        service.port = port_of(field.value);
        break;
      case 6:
        service.path = message.bytes(field);
        break;
      case 7: {
        const auto [key, value] = read_entry(message.bytes(field));
        service.params.emplace(key, value);
        break;
      }
      default:
        break;
    }
  }
  return service;
}

}  // namespace

core::MetadataInfo metadata_info_of_v2(std::string_view bytes) {
  core::MetadataInfo info;
  core::ProtobufMessage message(bytes, kSource);
  for (core::ProtobufMessage::Field field; message.next(field);) {
    if (field.number == 1) info.app = message.bytes(field);
    if (field.number == 2) info.revision = message.bytes(field);
    if (field.number != 3) continue;
    const auto [key, value] = read_entry(message.bytes(field));
    info.services.emplace(key, read_service(value));
  }
  return info;
}

}  // namespace podreg::rpc
