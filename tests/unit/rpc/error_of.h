// The error that a call ends with.
#pragma once

#include "core/error.h"

namespace podreg::rpc {

// Of the kind `output`, which no call has, when there is none.
template <typename Action>
core::Error error_of(Action action) {
  try {
    action();
  } catch (const core::Error& error) {
    return error;
  }
  return {core::ErrorKind::output, "no error"};
}

}  // namespace podreg::rpc
