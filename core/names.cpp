#include "core/names.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.h"

namespace podreg::core {

namespace {

constexpr std::size_t kMaxLabel = 63;

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

void check(std::string_view what, std::string_view name) {
  if (is_dns_label(name)) return;
  throw Error(ErrorKind::usage, fmt::format("\"{}\" is not a valid name of a {}", name, what),
              "a name is at most 63 lower-case letters, digits and '-', and neither begins nor "
              "ends with '-'");
}

}  // namespace

bool is_dns_label(std::string_view name) {
  return !name.empty() && name.size() <= kMaxLabel && is_alphanumeric(name.front()) &&
         is_alphanumeric(name.back()) &&
         std::ranges::all_of(name, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

void check_service_name(std::string_view name) { check("Service", name); }
void check_namespace(std::string_view name) { check("namespace", name); }

void check_pod_name(std::string_view name) {
  constexpr std::size_t longest = 253;
  bool valid = name.size() <= longest;
  for (std::string_view rest = name; valid;) {
    const auto dot = rest.find('.');
    valid = is_dns_label(rest.substr(0, std::min(dot, rest.size())));
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + 1);
  }
  if (valid) return;
  throw Error(ErrorKind::usage, fmt::format("\"{}\" is not a valid name of a pod", name),
              "a name is lower-case letters, digits, '-' and '.', and begins and ends with a "
              "letter or digit");
}

}  // namespace podreg::core
