#include "k8s/environment_proxy.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <string_view>

#include "core/ascii.h"

namespace podreg::k8s {
namespace {

// The first of the two that is set, with its name.
EnvironmentProxy either(const Environment& environment, const char* large, const char* small) {
  for (const char* name : {large, small}) {
    if (auto value = environment.text(name); !value.empty()) return {std::move(value), name};
  }
  return {};
}

// The bytes of an address, 4 or 16 of them; nothing for a name.
struct Address {
  std::array<unsigned char, 16> bytes{};
  std::size_t size = 0;
};

Address address_of(const std::string& text) {
  Address address;
  if (inet_pton(AF_INET, text.c_str(), address.bytes.data()) == 1) {
    address.size = 4;
  } else if (inet_pton(AF_INET6, text.c_str(), address.bytes.data()) == 1) {
    address.size = 16;
  }
  return address;
}

bool in_block(const Address& address, const Address& block, std::size_t bits) {
  if (address.size == 0 || address.size != block.size || bits > 8 * block.size) return false;
  for (std::size_t i = 0; i < bits; ++i) {
    const auto mask = static_cast<unsigned char>(0x80U >> (i % 8));
    if ((address.bytes[i / 8] & mask) != (block.bytes[i / 8] & mask)) return false;
  }
  return true;
}

// Nothing when the entry is no block.
std::optional<bool> matches_block(const std::string& entry, const Address& host) {
  const auto slash = entry.find('/');
  if (slash == std::string::npos) return std::nullopt;
  std::size_t bits = 0;
  const char* last = entry.data() + entry.size();
  const auto [end, error] = std::from_chars(entry.data() + slash + 1, last, bits);
  const Address block = address_of(entry.substr(0, slash));
  if (error != std::errc{} || end != last || block.size == 0) return std::nullopt;
  return in_block(host, block, bits);
}

// Takes ":port" and brackets off.
std::string take_port(std::string& entry) {
  std::string port;
  const auto colon = entry.rfind(':');
  const bool bracketed = entry.starts_with('[');
  const bool has_port = colon != std::string::npos &&
                        (bracketed ? entry.find(']') + 1 == colon : entry.find(':') == colon);
  if (has_port) {
    port = entry.substr(colon + 1);
    entry.resize(colon);
  }
  if (bracketed && entry.ends_with(']')) entry = entry.substr(1, entry.size() - 2);
  return port;
}

bool matches_name(std::string_view entry, std::string_view host) {
  if (entry.starts_with("*.")) entry.remove_prefix(1);
  if (!host.ends_with(entry)) return false;
  const bool only_subdomains = entry.starts_with('.');
  host.remove_suffix(entry.size());
  return only_subdomains || host.empty() || host.ends_with('.');
}

bool matches(std::string entry, const std::string& host, const std::string& port) {
  if (entry.empty()) return false;
  if (entry == "*") return true;
  const Address address = address_of(host);
  if (const auto block = matches_block(entry, address)) return *block;
  const std::string wanted = take_port(entry);
  if (entry.empty() || (!wanted.empty() && wanted != port)) return false;
  if (const Address single = address_of(entry); single.size != 0) {
    return in_block(address, single, 8 * single.size);
  }
  return matches_name(entry, host);
}

bool is_excepted(std::string_view list, const ServerAddress& server) {
  const std::string host = core::ascii_lower(server.host);
  for (;;) {
    const auto comma = list.find(',');
    if (matches(core::ascii_lower(core::trimmed(list.substr(0, comma), " \t")), host, server.port))
      return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace

std::optional<EnvironmentProxy> environment_proxy(const ServerAddress& server,
                                                  const Environment& environment) {
  if (server.is_loopback()) return std::nullopt;
  auto proxy = server.tls ? either(environment, "HTTPS_PROXY", "https_proxy")
                          : either(environment, "HTTP_PROXY", "http_proxy");
  if (proxy.url.empty()) return std::nullopt;
  if (is_excepted(either(environment, "NO_PROXY", "no_proxy").url, server)) return std::nullopt;
  if (proxy.url.find("://") == std::string::npos) proxy.url.insert(0, "http://");
  return proxy;
}

}  // namespace podreg::k8s
