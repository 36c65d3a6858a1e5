#include "core/service_url.h"

#include <fmt/format.h>

#include <charconv>

#include "core/error.h"
#include "core/ip_address.h"
#include "core/percent.h"

namespace podreg::core {
namespace {

// What may stand in a parameter without being taken for something else: not '&', '=', '#', nor '+',
// which Java's URLDecoder takes for a space.
constexpr std::string_view kKept = "!$'()*,;:@/?[]{}<>|\"";
constexpr std::string_view kKeptInPath = "!$'()*,;:@/=&+";

[[noreturn]] void refuse(std::string_view text, const std::string& why) {
  throw Error(ErrorKind::invalid_data, fmt::format("\"{}\" is no URL of a service: {}", text, why));
}

std::string decode(std::string_view part, std::string_view whole) {
  auto decoded = percent_decode(part);
  if (!decoded) refuse(whole, "a '%' is not followed by two hexadecimal digits");
  return *std::move(decoded);
}

void read_address(std::string_view address, std::string_view whole, ServiceUrl& url) {
  if (const auto at = address.rfind('@'); at != std::string_view::npos) {
    address.remove_prefix(at + 1);
  }
  std::string_view port;
  if (address.starts_with('[')) {
    const auto close = address.find(']');
    if (close == std::string_view::npos) refuse(whole, "the address has no closing bracket");
    url.host = address.substr(1, close - 1);
    port = address.substr(close + 1);
  } else {
    const auto colon = address.find(':');
    url.host = address.substr(0, colon);
    if (colon != std::string_view::npos) port = address.substr(colon);
  }
  if (url.host.empty()) refuse(whole, "it names no host");
  if (port.empty()) return;
  const char* last = port.data() + port.size();
  const auto [end, error] = std::from_chars(port.data() + 1, last, url.port);
  if (port.front() != ':' || error != std::errc{} || end != last || url.port < 1 ||
      url.port > 65535) {
    refuse(whole, "its port is not a number from 1 to 65535");
  }
}

void read_params(std::string_view query, std::string_view whole, ServiceUrl& url) {
  while (!query.empty()) {
    const auto pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    const auto equals = pair.find('=');
    if (pair.empty() || equals == 0) continue;
    const auto value =
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    url.params[decode(pair.substr(0, equals), whole)] = decode(value, whole);
  }
}

}  // namespace

std::string ServiceUrl::to_string() const {
  const bool ipv6 = host.find(':') != std::string::npos;
  const auto address =
      port != 0 ? host_port(host, port) : (ipv6 ? fmt::format("[{}]", host) : host);
  auto text = fmt::format("{}://{}", protocol, address);
  if (!path.empty()) text += "/" + percent_encode(path, kKeptInPath);
  char separator = '?';
  for (const auto& [key, value] : params) {
    text +=
        fmt::format("{}{}={}", separator, percent_encode(key, kKept), percent_encode(value, kKept));
    separator = '&';
  }
  return text;
}

ServiceUrl ServiceUrl::parse(std::string_view text) {
  constexpr std::string_view kSeparator = "://";
  const auto scheme = text.find(kSeparator);
  if (scheme == std::string_view::npos || scheme == 0) refuse(text, "it names no protocol");
  ServiceUrl url;
  url.protocol = text.substr(0, scheme);
  auto rest = text.substr(scheme + kSeparator.size());
  const auto query = rest.find('?');
  if (query != std::string_view::npos) read_params(rest.substr(query + 1), text, url);
  rest = rest.substr(0, query);
  const auto slash = rest.find('/');
  if (slash != std::string_view::npos) url.path = decode(rest.substr(slash + 1), text);
  read_address(rest.substr(0, slash), text, url);
  return url;
}

std::string ServiceUrl::param(std::string_view name) const {
  const auto found = params.find(name);
  return found == params.end() ? std::string() : found->second;
}

}  // namespace podreg::core
