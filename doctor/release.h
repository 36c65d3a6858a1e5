// Releases of Dubbo, and which of them are known not to work together.
#pragma once

#include <compare>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/instance.h"

namespace podreg::doctor {

struct Release {
  int major = 0;
  int minor = 0;
  int patch = 0;

  auto operator<=>(const Release&) const = default;
};

// "3.2.6", "3.3.0-beta.1"; nothing for what does not begin with two numbers.
std::optional<Release> parse_release(std::string_view text);
std::string to_string(const Release& release);

// The release that a pod registered with its MetadataService; nothing when it did not.
std::optional<Release> release_of(const core::Instance& instance);

// Providers and consumers of releases between `from` and, not included, `before`.
struct Releases {
  Release from;
  Release before;

  bool contain(const Release& release) const { return from <= release && release < before; }
};

struct Incompatibility {
  Releases provider;
  Releases consumer;
  std::string_view protocol;  // of the provider's MetadataService; empty: whichever
  std::string_view what;      // the end of a sentence that begins with the provider
  std::string_view remedy;
  std::string_view source;  // who says so
};

// A small table; Dubbo has no list of its own.
std::span<const Incompatibility> incompatibilities();

}  // namespace podreg::doctor
