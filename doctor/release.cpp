#include "doctor/release.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "core/metadata_service.h"

namespace podreg::doctor {
namespace {

// The number at the beginning, which is then taken away with the dot behind it; -1 for none.
int take_number(std::string_view& text) {
  int number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return -1;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.starts_with('.')) text.remove_prefix(1);
  return number;
}

constexpr Release kAny{1'000, 0, 0};

constexpr std::array kIncompatibilities = {
    Incompatibility{
        {{3, 0, 0}, kAny},
        {{0, 0, 0}, {3, 0, 0}},
        "",
        "registers its application, whose metadata Dubbo 2.x does not understand",
        "raise the consumer to 3.x; Dubbo's guide says to raise providers first, but not for this "
        "registry",
        "github.com/apache/dubbo/issues/12168, /12693"},
    Incompatibility{{{3, 1, 0}, {3, 1, 8}},
                    {{3, 0, 0}, kAny},
                    "tri",
                    "has its MetadataService on tri alone, which did not answer there in 3.1",
                    "raise the provider to 3.2, or let it export dubbo, too",
                    "github.com/apache/dubbo/issues/11720"},
};

}  // namespace

std::optional<Release> parse_release(std::string_view text) {
  const int major = take_number(text);
  const int minor = take_number(text);
  if (major < 0 || minor < 0) return std::nullopt;
  const int patch = take_number(text);
  return Release{major, minor, patch < 0 ? 0 : patch};
}

std::string to_string(const Release& release) {
  return fmt::format("{}.{}.{}", release.major, release.minor, release.patch);
}

std::optional<Release> release_of(const core::Instance& instance) {
  return parse_release(core::metadata_service_param(instance, "release"));
}

std::span<const Incompatibility> incompatibilities() { return kIncompatibilities; }

}  // namespace podreg::doctor
