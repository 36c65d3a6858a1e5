// The one exception type. Its kind decides the exit status, in one switch (cli/exit_status.cpp).
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace podreg::core {

// One kind for each exit status that users' scripts may act on.
enum class ErrorKind {
  usage,         // wrong use of the command line
  not_found,     // a named Service, Pod, interface or context does not exist
  not_allowed,   // 401 or 403: not authenticated, or not allowed
  unreachable,   // the API server or an instance could not be reached, or timed out
  conflict,      // somebody else changed the object
  invalid_data,  // kubeconfig, snapshot, annotation, metadata or response that cannot be read
  not_met,       // a condition was not met in time
  output,        // the result could not be written
};

// What failed, on which object and why, in one line without a final full stop; the hint says what
// to do about it and may be empty. Neither may contain a secret. Text from the network is escaped
// when the error is printed, not here.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message, std::string hint = {})
      : std::runtime_error(message), kind_(kind), hint_(std::move(hint)) {}

  ErrorKind kind() const { return kind_; }
  const std::string& hint() const { return hint_; }

 private:
  ErrorKind kind_;
  std::string hint_;
};

}  // namespace podreg::core
