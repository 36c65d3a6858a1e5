#include "rpc/triple_wrapper.h"

#include "core/protobuf.h"

namespace podreg::rpc {

std::string triple_request_wrapper(const std::vector<std::string>& arguments,
                                   std::span<const char* const> types) {
  std::string wrapper;
  core::append_field(wrapper, 1, "hessian4");
  for (const auto& argument : arguments) core::append_field(wrapper, 2, argument);
  for (const auto* type : types) core::append_field(wrapper, 3, type);
  return wrapper;
}

std::string_view triple_response_data(std::string_view message) {
  constexpr std::string_view kNull = "N";
  core::ProtobufMessage wrapper(message, "the provider's answer");
  for (core::ProtobufMessage::Field field; wrapper.next(field);) {
    if (field.number == 2) return wrapper.bytes(field);
  }
  return kNull;
}

}  // namespace podreg::rpc
