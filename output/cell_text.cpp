#include "output/cell_text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cstdint>
#include <ctime>

namespace podreg::output {

namespace {

bool is_md5(std::string_view text) {
  constexpr std::string_view hex_digits = "0123456789abcdefABCDEF";
  return text.size() == 32 && text.find_first_not_of(hex_digits) == std::string_view::npos;
}

}  // namespace

std::string or_none(std::string_view text) { return std::string(text.empty() ? kNone : text); }

std::string joined(const std::vector<std::string>& texts) {
  return or_none(fmt::format("{}", fmt::join(texts, ",")));
}

std::string revision_text(std::string_view revision, Detail detail) {
  constexpr std::size_t shown = 8;
  if (detail == Detail::table && is_md5(revision)) revision = revision.substr(0, shown);
  return or_none(revision);
}

std::string address_text(std::string_view host, int port) {
  const bool is_ipv6 = host.find(':') != std::string_view::npos;
  return is_ipv6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

std::string time_text(std::string_view milliseconds) {
  constexpr std::int64_t year_10000 = 253'402'300'800;  // in seconds
  if (milliseconds.empty()) return std::string(kNone);
  std::int64_t value = 0;
  const char* const end = milliseconds.data() + milliseconds.size();
  const auto [stopped, error] = std::from_chars(milliseconds.data(), end, value);
  if (error != std::errc{} || stopped != end || value < 0 || value / 1000 >= year_10000) {
    return std::string(kInvalid);
  }
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(value / 1000)));
}

}  // namespace podreg::output
