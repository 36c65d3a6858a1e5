#include "k8s/connection_server.h"

#include <fmt/format.h>

#include <cstddef>

#include "core/error.h"
#include "k8s/server_address.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

namespace {

// "SCHEME://HOST…".
bool has_scheme_and_host(const std::string& server) {
  const auto end = server.find("://");
  if (end == std::string::npos || end == 0 || end + 3 == server.size()) return false;
  const bool is_scheme = server.find_first_of("/?#@") > end;
  return is_scheme && server.find_first_of("/?#", end + 3) != end + 3;
}

// libcurl would take "http:///path" for a host.
bool may_be_host(const std::string& server) {
  return server.front() != '/' && server.find("://") == std::string::npos;
}

Error not_an_address(const std::string& owner) {
  return {ErrorKind::invalid_data,
          fmt::format("{}: the server's address is neither a URL nor HOST:PORT", owner),
          "it looks like https://host:port"};
}

}  // namespace

ServerUrl resolve_server(const std::string& server, const std::string& owner) {
  if (server.empty()) {
    throw Error(ErrorKind::invalid_data, fmt::format("{} has no server", owner),
                "a cluster needs server: https://host:port; --server gives one as well");
  }
  const bool complete = has_scheme_and_host(server);
  if (!complete && !may_be_host(server)) throw not_an_address(owner);
  std::string url = complete ? server : "http://" + server;
  while (url.ends_with('/')) url.pop_back();
  try {
    const auto address = parse_server(url);
    if (complete || address.path.empty()) return {url, address.tls};
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("{}: {}", owner, error.what()), error.hint());
  }
  throw not_an_address(owner);
}

}  // namespace podreg::k8s
