// What became of calls of a method on one instance.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/error.h"
#include "core/java_exception.h"
#include "core/latency.h"
#include "core/url_derivation.h"

namespace podreg::core {

// One call: a result, an exception or an error.
struct Invocation {
  DerivedUrl url;
  double latency_ms = 0;  // from sending to the whole answer
  std::string result;     // JSON
  std::optional<JavaException> exception;
  std::optional<Error> error;  // it could not be called

  bool succeeded() const { return !exception && !error; }
};

// Many calls.
struct InvocationLoad {
  DerivedUrl url;
  std::size_t calls = 0;
  std::size_t failed = 0;      // with an exception or an error
  double seconds = 0;          // for all of them
  LatencySummary latency;      // of those that succeeded
  std::string failure;         // the first one, in words; empty for none
  std::optional<Error> error;  // the first one, when that was no exception

  double per_second() const { return seconds > 0 ? static_cast<double>(calls) / seconds : 0; }
};

}  // namespace podreg::core
