// The proxy that a kubeconfig's proxy-url or --proxy-url names.
//
// As in client-go (clientcmd.parseProxyURL, http.ProxyURL) such a proxy serves every request,
// whatever NO_PROXY says and also to this machine; what the environment names is used only when
// there is none.
#pragma once

#include <string>

namespace podreg::k8s {

// The URL as libcurl has to have it so that it means what it means in Go: with a port (80, 443 or
// 1080, where libcurl has 1080 for http), without a path, and with names resolved by a SOCKS proxy
// (socks5h, which Go's socks5 is). Empty for an empty one. A user name and password stay in it.
// `owner` names where it stands in messages (`cluster "prod" in FILE`, "--proxy-url"). Throws
// Error(invalid_data): not a URL, or a scheme other than http, https, socks5 and socks5h.
std::string resolve_proxy(const std::string& url, const std::string& owner);

// The URL with what stands before an '@' replaced by `<masked>`, for messages; works on anything.
std::string without_credentials(const std::string& url);

}  // namespace podreg::k8s
