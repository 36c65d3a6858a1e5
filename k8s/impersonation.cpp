#include "k8s/impersonation.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "core/error.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

namespace {

// A header's name may hold these besides letters and digits (RFC 9110, 5.6.2), and '%', which is
// what it is escaped with.
bool may_stand_in_name(char c) {
  constexpr std::string_view kSigns = "!#$&'*+-.^_`|~";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kSigns.find(c) != std::string_view::npos;
}

// As client-go's headerKeyEscape; the API server decodes it.
std::string escaped_key(const std::string& key) {
  std::string escaped;
  for (const char c : key) {
    if (may_stand_in_name(c)) {
      escaped += c;
    } else {
      fmt::format_to(std::back_inserter(escaped), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return escaped;
}

// A line break would begin a header of its own; a value of nothing but white space is sent as an
// empty one, which the server takes for none at all.
void check_value(const std::string& value, const std::string& field, const std::string& owner) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; };
  if (std::ranges::any_of(value, is_control)) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("{} of {} holds control characters", field, owner));
  }
  if (value.find_first_not_of(' ') == std::string::npos) {
    throw Error(ErrorKind::invalid_data, fmt::format("{} of {} has an empty value", field, owner));
  }
}

}  // namespace

void check_impersonation(const Impersonation& impersonation, const std::string& owner) {
  if (impersonation.is_empty()) return;
  if (impersonation.user.empty()) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("{} impersonates a uid, groups or extra without a user", owner),
                "as: NAME or --as NAME says which user");
  }
  check_value(impersonation.user, "as", owner);
  if (!impersonation.uid.empty()) check_value(impersonation.uid, "as-uid", owner);
  for (const auto& group : impersonation.groups) check_value(group, "as-groups", owner);
  for (const auto& [key, values] : impersonation.extra) {
    for (const auto& value : values) check_value(value, "as-user-extra", owner);
  }
}

Headers impersonation_headers(const Impersonation& impersonation) {
  Headers headers;
  if (impersonation.user.empty()) return headers;
  headers.emplace_back("Impersonate-User", impersonation.user);
  if (!impersonation.uid.empty()) headers.emplace_back("Impersonate-Uid", impersonation.uid);
  for (const auto& group : impersonation.groups) headers.emplace_back("Impersonate-Group", group);
  for (const auto& [key, values] : impersonation.extra) {
    for (const auto& value : values) {
      headers.emplace_back("Impersonate-Extra-" + escaped_key(key), value);
    }
  }
  return headers;
}

}  // namespace podreg::k8s
