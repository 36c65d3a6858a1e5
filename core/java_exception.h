// What a Java method threw.
#pragma once

#include <string>

namespace podreg::core {

struct JavaException {
  std::string class_name;  // empty: the provider did not tell it
  std::string message;     // may be empty
  std::string stack;       // as Java prints it, of several lines; may be empty

  // "class: message", or the class alone; in place of a class that is not known "Java exception".
  std::string to_string() const {
    const std::string name = class_name.empty() ? "Java exception" : class_name;
    return message.empty() ? name : name + ": " + message;
  }
};

}  // namespace podreg::core
