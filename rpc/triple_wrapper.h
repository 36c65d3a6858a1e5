// What Dubbo puts around the values of Java in a call over triple, whose messages are protobuf.
//
// Format: Dubbo 3.2.6, triple_wrapper.proto: TripleRequestWrapper {1 serializeType, 2 args,
// 3 argTypes} and TripleResponseWrapper {1 serializeType, 2 data, 3 type}. Each value is in
// hessian2 on its own, which is called "hessian4" there.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace podreg::rpc {

// The message of a request: the arguments in hessian2, and the Java types of the parameters.
std::string triple_request_wrapper(const std::vector<std::string>& arguments,
                                   std::span<const char* const> types);

// The value in the message of a response, in hessian2: a part of the message, and null when there
// is none in it. Throws Error(invalid_data) when it is no protobuf.
std::string_view triple_response_data(std::string_view message);

}  // namespace podreg::rpc
