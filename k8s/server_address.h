// The parts of the URL under which an API server is reached.
#pragma once

#include <string>

namespace podreg::k8s {

struct ServerAddress {
  bool tls = true;
  std::string host;  // without the brackets of IPv6
  std::string port;  // digits, also when the URL leaves it to the scheme
  std::string path;  // percent-encoded, empty or "/…" without a final slash

  // "host:port", with brackets around IPv6: for messages, a Host header and CURLOPT_CONNECT_TO.
  std::string host_and_port() const;

  // "https://host:port/path".
  std::string url() const;

  // Whether bytes sent there stay on this machine: localhost, 127.0.0.0/8, ::1. Nothing is looked
  // up.
  bool is_loopback() const;
};

// Throws Error(invalid_data) when it is not an http or https URL with a host, or holds a user name
// or password (which then stands in no message), a query or a fragment.
ServerAddress parse_server(const std::string& url);

}  // namespace podreg::k8s
