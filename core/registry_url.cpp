#include "core/registry_url.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "core/error.h"
#include "core/ip_address.h"

namespace podreg::core {

namespace {

constexpr std::string_view kScheme = "kubernetes://";

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ErrorKind::usage, "--registry: " + why,
              "for example kubernetes://DEFAULT_MASTER_HOST?namespace=prod");
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

std::string decode(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      result += text[i];
      continue;
    }
    unsigned byte = 0;
    const char* begin = text.data() + i + 1;
    const bool whole = i + 2 < text.size();
    const auto [end, error] = whole ? std::from_chars(begin, begin + 2, byte, 16)
                                    : std::from_chars_result{begin, std::errc::invalid_argument};
    if (error != std::errc{} || end != begin + 2)
      refuse("a '%' is not followed by two hexadecimal digits");
    result += static_cast<char>(byte);
    i += 2;
  }
  return result;
}

// "host", "host:port", "[ipv6]:port"; a user's name before '@' is Dubbo's way to say `username`.
void read_address(std::string_view text, RegistryUrl& url) {
  std::string_view port;
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) refuse("the address has no closing bracket");
    url.host = text.substr(1, close - 1);
    port = text.substr(close + 1);
  } else {
    const auto colon = text.find(':');
    url.host = text.substr(0, colon);
    if (colon != std::string_view::npos) port = text.substr(colon);
  }
  if (url.host.empty()) refuse("it names no host");
  if (port.empty()) return;
  const auto [end, error] = std::from_chars(port.data() + 1, port.data() + port.size(), url.port);
  if (port.front() != ':' || error != std::errc{} || end != port.data() + port.size() ||
      url.port < 1 || url.port > 65535) {
    refuse("its port is not a number from 1 to 65535");
  }
}

}  // namespace

RegistryUrl RegistryUrl::parse(std::string_view text) {
  if (!lower(text.substr(0, kScheme.size())).starts_with(kScheme))
    refuse("it does not begin with kubernetes://");
  text.remove_prefix(kScheme.size());
  const auto query = text.find('?');
  RegistryUrl url;
  std::string_view address = text.substr(0, query);
  address = address.substr(0, address.find('/'));
  if (address.find('@') != std::string_view::npos) refuse("a user before '@' is not supported");
  read_address(address, url);
  if (query == std::string_view::npos) return url;
  for (std::string_view rest = text.substr(query + 1); !rest.empty();) {
    const auto end = std::min(rest.find('&'), rest.size());
    const auto pair = rest.substr(0, end);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && equals > 0) {
      url.parameters[decode(pair.substr(0, equals))] = decode(pair.substr(equals + 1));
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return url;
}

std::optional<std::string> RegistryUrl::parameter(const std::string& name) const {
  const auto found = parameters.find(name);
  if (found == parameters.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

bool RegistryUrl::flag(const std::string& name, bool otherwise) const {
  const auto value = parameter(name);
  return value ? lower(*value) == "true" : otherwise;
}

std::string RegistryUrl::server() const {
  if (lower(host) == "default_master_host") return "https://kubernetes.default.svc";
  const std::string scheme = flag("useHttps", true) ? "https://" : "http://";
  if (port != 0) return scheme + host_port(host, port);
  return scheme + (host.find(':') == std::string::npos ? host : "[" + host + "]");
}

}  // namespace podreg::core
