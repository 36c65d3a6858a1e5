#include "rpc/grpc_status_details.h"

#include <string_view>

#include "core/base64.h"
#include "core/error.h"
#include "core/protobuf.h"

namespace podreg::rpc {

using core::ProtobufMessage;

namespace {

constexpr std::string_view kDebugInfo = "/google.rpc.DebugInfo";
constexpr std::size_t kLongestStack = std::size_t{64} << 10;

std::string decoded(std::string trailer) {
  while (trailer.size() % 4 != 0) trailer += '=';
  return core::decode_base64(trailer, "grpc-status-details-bin");
}

std::string stack_of(std::string_view debug_info) {
  std::string stack;
  ProtobufMessage message(debug_info, "the provider's DebugInfo");
  for (ProtobufMessage::Field field; message.next(field) && stack.size() < kLongestStack;) {
    if (field.number == 1) stack.append(message.bytes(field)).append("\n");
  }
  return stack;
}

std::string stack_in_detail(std::string_view any) {
  std::string_view type;
  std::string_view value;
  ProtobufMessage message(any, "a detail of the provider's status");
  for (ProtobufMessage::Field field; message.next(field);) {
    if (field.number == 1) type = message.bytes(field);
    if (field.number == 2) value = message.bytes(field);
  }
  return type.ends_with(kDebugInfo) ? stack_of(value) : std::string();
}

}  // namespace

std::string stack_in_details(const std::string& trailer) {
  try {
    const auto bytes = decoded(trailer);
    ProtobufMessage status(bytes, "the details of the provider's status");
    for (ProtobufMessage::Field field; status.next(field);) {
      if (field.number != 3) continue;
      if (auto stack = stack_in_detail(status.bytes(field)); !stack.empty()) return stack;
    }
  } catch (const core::Error&) {
    return {};
  }
  return {};
}

}  // namespace podreg::rpc
