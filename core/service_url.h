// The URL of one service on one instance, as a consumer has it after step 4 of the registry.
//
// Format: Dubbo 3.2.6, org.apache.dubbo.common.URL#toFullString:
// protocol://host:port/path?key=value&… with the parameters sorted by key. Dubbo prints them as
// they are; here, what would not come back the same when it is read is percent-encoded (RFC 3986),
// as its URL#encode would do.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/java_text.h"

namespace podreg::core {

struct ServiceUrl {
  std::string protocol;
  std::string host;  // textual, without brackets
  int port = 0;      // 0: none
  std::string path;  // without the '/' before it
  std::map<std::string, std::string, JavaLess> params;

  std::string to_string() const;

  // Throws Error(invalid_data) that says what is wrong: no protocol, no host, a port that is none,
  // a '%' without two hexadecimal digits. A user before '@' is left out.
  static ServiceUrl parse(std::string_view text);

  // The parameter's value; empty when it is absent.
  std::string param(std::string_view name) const;

  friend bool operator==(const ServiceUrl&, const ServiceUrl&) = default;
};

// A URL as it may be shown in a message: without who stands before '@', and without the parameters.
std::string without_secrets(std::string_view url);

}  // namespace podreg::core
