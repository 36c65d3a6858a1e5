// The proxy that the environment names for a server, as Go and so kubectl read it.
//
// Reproduces golang.org/x/net/http/httpproxy: HTTPS_PROXY for https, HTTP_PROXY for http, NO_PROXY,
// each also in small letters; all_proxy is not read. NO_PROXY is a comma list of "*", addresses,
// CIDR blocks, names (which stand for their subdomains too; with a dot in front for these alone),
// each with a port or without. localhost and loopback addresses never have a proxy.
#pragma once

#include <optional>
#include <string>

#include "k8s/environment.h"
#include "k8s/server_address.h"

namespace podreg::k8s {

struct EnvironmentProxy {
  std::string url;       // as written, "http://" in front where there is no scheme
  std::string variable;  // "HTTPS_PROXY"
};

// Nothing when the server is reached without one. Never throws.
std::optional<EnvironmentProxy> environment_proxy(const ServerAddress& server,
                                                  const Environment& environment);

}  // namespace podreg::k8s
