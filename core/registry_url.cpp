#include "core/registry_url.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/ascii.h"
#include "core/error.h"
#include "core/ip_address.h"

namespace podreg::core {

namespace {

constexpr std::string_view kDefault = "default.";

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ErrorKind::usage, "--registry: " + why,
              "for example kubernetes://DEFAULT_MASTER_HOST?namespace=prod");
}

// As it is copied from a file of properties, or from YAML.
std::string_view unquoted(std::string_view text) {
  text = trimmed(text);
  const bool quoted = text.size() > 1 && (text.front() == '"' || text.front() == '\'') &&
                      text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

std::string decode(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    const char* begin = text.data() + i + 1;
    const bool encoded = text[i] == '%' && i + 2 < text.size() &&
                         std::from_chars(begin, begin + 2, byte, 16).ptr == begin + 2;
    result += encoded ? static_cast<char>(byte) : text[i];
    if (encoded) i += 2;
  }
  if (result.find('\0') != std::string::npos) refuse("a parameter holds a byte 0");
  return result;
}

void read_address(std::string_view text, RegistryUrl& url) {
  try {
    auto parsed = parse_host_port(text);
    url.host = std::move(parsed.host);
    if (parsed.port != 0) url.port = parsed.port;
  } catch (const Error& error) {
    refuse(error.what());
  }
}

void read_parameters(std::string_view query, RegistryUrl& url) {
  while (!query.empty()) {
    const auto end = std::min(query.find_first_of("&;"), query.size());
    const auto pair = query.substr(0, end);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && equals > 0) {
      url.parameters[decode(pair.substr(0, equals))] = decode(pair.substr(equals + 1));
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  const auto given = url.parameters;
  for (const auto& [name, value] : given) {
    if (name.starts_with(kDefault)) url.parameters.emplace(name.substr(kDefault.size()), value);
  }
}

void check_scheme(const std::string& scheme, const RegistryUrl& url) {
  if (scheme == "kubernetes") return;
  const bool of_any_kind = scheme == "registry" || scheme == "service-discovery-registry";
  if (!of_any_kind) refuse("it does not begin with kubernetes://");
  if (url.parameter("registry") != "kubernetes") refuse("it has no registry=kubernetes");
}

}  // namespace

RegistryUrl RegistryUrl::parse(std::string_view text) {
  text = unquoted(text);
  const auto scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) refuse("it does not begin with kubernetes://");
  const std::string scheme = ascii_lower(text.substr(0, scheme_end));
  text.remove_prefix(scheme_end + 3);
  const auto query = std::min(text.find('?'), text.size());
  RegistryUrl url;
  if (query != text.size()) read_parameters(text.substr(query + 1), url);
  check_scheme(scheme, url);
  std::string_view address = text.substr(0, query);
  address = address.substr(0, address.find('/'));
  if (const auto at = address.rfind('@'); at != std::string_view::npos) {
    url.names_a_user = true;
    address.remove_prefix(at + 1);
  }
  read_address(address, url);
  return url;
}

std::optional<std::string> RegistryUrl::parameter(const std::string& name) const {
  const auto found = parameters.find(name);
  if (found == parameters.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

bool RegistryUrl::flag(const std::string& name, bool otherwise) const {
  const auto value = parameter(name);
  return value ? ascii_lower(*value) == "true" : otherwise;
}

std::optional<long> RegistryUrl::number(const std::string& name) const {
  const auto text = parameter(name);
  if (!text) return std::nullopt;
  long value = 0;
  const char* const end = text->data() + text->size();
  if (const auto [stopped, error] = std::from_chars(text->data(), end, value);
      error != std::errc{} || stopped != end) {
    refuse(fmt::format("{} is not a number", name));
  }
  return value;
}

std::string RegistryUrl::server() const {
  if (ascii_lower(host) == "default_master_host") return "https://kubernetes.default.svc";
  return (flag("useHttps", true) ? "https://" : "http://") + host_port(host, port);
}

}  // namespace podreg::core
