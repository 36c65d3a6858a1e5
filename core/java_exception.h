// What a Java method threw.
#pragma once

#include <string>

namespace podreg::core {

struct JavaException {
  std::string class_name;
  std::string message;  // may be empty
  std::string stack;    // as Java prints it, of several lines; may be empty

  // "class: message", or the class alone.
  std::string to_string() const {
    return message.empty() ? class_name : class_name + ": " + message;
  }
};

}  // namespace podreg::core
