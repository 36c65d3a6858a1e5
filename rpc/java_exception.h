// Exceptions of Java that travel as values of hessian2, or as the text of their stack.
#pragma once

#include <optional>
#include <string_view>

#include "core/java_exception.h"
#include "rpc/hessian2.h"

namespace podreg::rpc {

// The class, message and stack of a java.lang.Throwable. Of a GenericException, in which a generic
// call wraps what the method threw, those of the exception in it.
core::JavaException read_exception(const hessian2::Value& value);

// What was thrown, by the stack that Java prints: "x.Sold: out\n\tat x.Shop.sell(Shop.java:7)\n…",
// before which Dubbo may repeat its first line. Nothing when the text is none, and for an exception
// of Dubbo's own (org.apache.dubbo.rpc.RpcException), by which it says that it did not call.
std::optional<core::JavaException> exception_in_trace(std::string_view trace);

}  // namespace podreg::rpc
