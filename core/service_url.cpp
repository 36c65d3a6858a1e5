#include "core/service_url.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

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
  throw Error(ErrorKind::invalid_data,
              fmt::format("\"{}\" is no URL of a service: {}", without_secrets(text), why));
}

std::string decode(std::string_view part, std::string_view whole) {
  auto decoded = percent_decode(part);
  if (!decoded) refuse(whole, "a '%' is not followed by two hexadecimal digits");
  return *std::move(decoded);
}

// What stands before an '@' is left out.
void read_address(std::string_view address, std::string_view whole, ServiceUrl& url) {
  const auto at = address.rfind('@');
  if (at != std::string_view::npos) address.remove_prefix(at + 1);
  try {
    auto parsed = parse_host_port(address);
    url.host = std::move(parsed.host);
    url.port = parsed.port;
  } catch (const Error& error) {
    refuse(whole, error.what());
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

std::string without_secrets(std::string_view url) {
  const auto query = url.find('?');
  auto shown = url.substr(0, query);
  constexpr std::string_view kSeparator = "://";
  const auto scheme = shown.find(kSeparator);
  const auto begin = scheme == std::string_view::npos ? 0 : scheme + kSeparator.size();
  const auto at = shown.rfind('@');
  std::string result(shown.substr(0, begin));
  if (at != std::string_view::npos && at >= begin) {
    result += "<masked>@";
    shown.remove_prefix(at + 1);
  } else {
    shown.remove_prefix(begin);
  }
  result += shown;
  if (query != std::string_view::npos) result += "?…";
  return result;
}

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
