// Exceptions of Java that travel as values of hessian2.
#pragma once

#include "core/java_exception.h"
#include "rpc/hessian2.h"

namespace podreg::rpc {

// The class, message and stack of a java.lang.Throwable. Of a GenericException, in which a generic
// call wraps what the method threw, those of the exception in it.
core::JavaException read_exception(const hessian2::Value& value);

}  // namespace podreg::rpc
