#include "core/pseudonyms.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace podreg::core {
namespace {

bool is_nobodys_name(std::string_view name) {
  return name.empty() || name == "default" || name == "*" || name.starts_with("org.apache.dubbo.");
}

bool is_nobodys_address(std::string_view address) {
  return address == "0.0.0.0" || address == "::" || address == "::1" || address.starts_with("127.");
}

std::string pseudonym_of(std::string_view name, std::size_t number, std::size_t digits) {
  const bool dotted = name.find('.') != std::string_view::npos;
  return fmt::format("{}{:0{}}", dotted ? "name.n" : "name-", number, digits);
}

std::string address_number(bool six, std::size_t number) {
  if (six) return fmt::format("fd00::{:x}:{:x}", number >> 16U, number & 0xFFFFU);
  return fmt::format("10.{}.{}.{}", (number >> 16U) & 0xFFU, (number >> 8U) & 0xFFU,
                     number & 0xFFU);
}

}  // namespace

bool is_ip_address(std::string_view text) {
  const std::string copy(text);
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return ::inet_pton(AF_INET, copy.c_str(), bytes.data()) == 1 ||
         ::inet_pton(AF_INET6, copy.c_str(), bytes.data()) == 1;
}

std::string Pseudonyms::name(std::string_view real) {
  if (is_nobodys_name(real)) return std::string(real);
  if (!settled_) return names_.emplace(real, "").first->first;
  const auto found = names_.find(real);
  return found == names_.end() ? "name" : found->second;
}

std::string Pseudonyms::address(std::string_view real) {
  if (is_nobodys_address(real)) return std::string(real);
  const bool six = real.find(':') != std::string_view::npos;
  const AddressOrder key(real);
  if (!settled_) {
    addresses_.emplace(key, six ? "6" : "4");
    return std::string(real);
  }
  const auto found = addresses_.find(key);
  return found == addresses_.end() ? address_number(six, 0) : found->second;
}

std::string Pseudonyms::revision(std::string_view real) {
  if (real.empty() || real == "0") return std::string(real);
  if (!settled_) return revisions_.emplace(real, "").first->first;
  const auto found = revisions_.find(real);
  return found == revisions_.end() ? std::string(real) : found->second;
}

void Pseudonyms::set_revision(std::string_view real, std::string pseudonym) {
  revisions_.insert_or_assign(std::string(real), std::move(pseudonym));
}

// Numbers have as many digits as the largest one, so that texts sort as numbers do.
void Pseudonyms::settle() {
  settled_ = true;
  const std::size_t digits = std::to_string(names_.size()).size();
  std::size_t number = 0;
  for (auto& [real, pseudonym] : names_) pseudonym = pseudonym_of(real, ++number, digits);
  number = 0;
  for (auto& [real, pseudonym] : addresses_) {
    pseudonym = address_number(pseudonym == "6", ++number);
  }
  number = 0;
  for (auto& [real, pseudonym] : revisions_) pseudonym = fmt::format("{:032x}", ++number);
}

}  // namespace podreg::core
