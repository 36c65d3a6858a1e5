// The error that a function throws.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <ostream>

#include "core/error.h"

namespace podreg::tests {

struct Caught {
  std::optional<core::ErrorKind> kind;  // nothing: nothing was thrown
  std::string message;
  std::string hint;
};

template <typename Function>
Caught caught(Function&& function) {
  try {
    function();
  } catch (const core::Error& error) {
    return {error.kind(), error.what(), error.hint()};
  }
  ADD_FAILURE() << "no error was thrown";
  return {};
}

}  // namespace podreg::tests
