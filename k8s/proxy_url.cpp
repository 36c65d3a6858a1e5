#include "k8s/proxy_url.h"

#include <fmt/format.h>

#include <string_view>

#include "core/error.h"
#include "core/setting.h"
#include "k8s/curl_url.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

namespace {

// Neither is quoted: a URL that cannot be read may hold a password anywhere.
Error not_a_proxy(const std::string& owner, std::string_view why) {
  return {ErrorKind::invalid_data, fmt::format("proxy-url of {} {}", owner, why),
          "it looks like http://host:port, https://host:port or socks5://host:port"};
}

std::string default_port(const std::string& scheme) {
  if (scheme == "http") return "80";
  return scheme == "https" ? "443" : "1080";
}

}  // namespace

std::string resolve_proxy(const std::string& url, const std::string& owner) {
  if (url.empty()) return {};
  const CurlUrl parsed(url);
  if (!parsed.is_url()) throw not_a_proxy(owner, "is not a URL");
  auto scheme = parsed.part(CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https" && scheme != "socks5" && scheme != "socks5h") {
    throw not_a_proxy(owner, "has a scheme other than http, https and socks5");
  }
  if (scheme == "socks5") scheme = "socks5h";
  auto port = parsed.part(CURLUPART_PORT);
  if (port.empty()) port = default_port(scheme);
  const auto user = parsed.part(CURLUPART_USER);
  const auto password = parsed.part(CURLUPART_PASSWORD);
  const auto credentials =
      user.empty() && password.empty() ? std::string() : fmt::format("{}:{}@", user, password);
  return fmt::format("{}://{}{}:{}", scheme, credentials, parsed.part(CURLUPART_HOST), port);
}

std::string without_credentials(const std::string& url) {
  std::string shown = url.substr(0, url.find_first_of("?#"));  // a proxy is sent no more of it
  const auto at = shown.rfind('@');
  if (at == std::string::npos) return shown;
  const auto scheme = shown.find("://");
  const auto begin = scheme == std::string::npos || scheme > at ? 0 : scheme + 3;
  return shown.replace(begin, at - begin, core::kMasked);
}

}  // namespace podreg::k8s
