#include "k8s/server_address.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include "core/error.h"
#include "k8s/curl_url.h"

namespace podreg::k8s {
namespace {

[[noreturn]] void fail(const std::string& why) {
  throw core::Error(core::ErrorKind::invalid_data, "the server's address " + why,
                    "it looks like https://host:port");
}

}  // namespace

ServerAddress parse_server(const std::string& url) {
  const CurlUrl parsed(url);
  if (!parsed.is_url()) fail("is not a URL");  // not quoted: it may hold a password
  if (!parsed.part(CURLUPART_USER).empty() || !parsed.part(CURLUPART_PASSWORD).empty()) {
    fail("holds a user name or password, which belong into the user's entry");
  }
  const std::string scheme = parsed.part(CURLUPART_SCHEME);
  if (scheme != "https" && scheme != "http") {
    fail(fmt::format("has the scheme {}, which is neither https nor http", scheme));
  }
  if (!parsed.part(CURLUPART_QUERY).empty() || !parsed.part(CURLUPART_FRAGMENT).empty()) {
    fail("holds more than host, port and path");  // not quoted: it may be a secret
  }
  ServerAddress address;
  address.tls = scheme == "https";
  address.host = parsed.part(CURLUPART_HOST);
  if (address.host.size() > 2 && address.host.front() == '[') {
    address.host = address.host.substr(1, address.host.size() - 2);
  }
  address.port = parsed.part(CURLUPART_PORT, CURLU_DEFAULT_PORT);
  address.path = parsed.part(CURLUPART_PATH);
  while (!address.path.empty() && address.path.back() == '/') address.path.pop_back();
  return address;
}

std::string ServerAddress::host_and_port() const {
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return is_ipv6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

std::string ServerAddress::url() const {
  return fmt::format("{}://{}{}", tls ? "https" : "http", host_and_port(), path);
}

bool ServerAddress::is_loopback() const {
  in_addr ipv4{};
  if (inet_pton(AF_INET, host.c_str(), &ipv4) == 1) return (ntohl(ipv4.s_addr) >> 24) == 127;
  in6_addr ipv6{};
  if (inet_pton(AF_INET6, host.c_str(), &ipv6) == 1) return IN6_IS_ADDR_LOOPBACK(&ipv6);
  return host == "localhost";
}

}  // namespace podreg::k8s
